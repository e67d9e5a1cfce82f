#include <xlsxwriter.h>
/* Swift's Glibc module lacks it; a workbook is written to memory through it. */
extern int memfd_create(const char *name, unsigned int flags);

/// What complaints about tables say in Thai. English is what the readers write; a line here has it with a pair of braces
/// for each part that differs, and behind the arrow the same in Thai, the parts by their number. A test goes through the
/// readers and finds what has no line.
enum ThaiTables {
  static let lines = #"""
    a quotation mark opens here and is never closed ⇒ เครื่องหมายคำพูดเปิดตรงนี้แต่ไม่มีตัวปิด
    close it, or double it ("") where it is part of the text ⇒ ใส่ตัวปิด หรือพิมพ์ซ้ำสองตัว ("") ถ้าเป็นส่วนหนึ่งของข้อความ
    the file is empty ⇒ ไฟล์ว่างเปล่า
    its first row must name the columns ⇒ แถวแรกต้องเป็นชื่อคอลัมน์
    the row has {} cells, the header {} ⇒ แถวนี้มี {1} ช่อง แต่แถวชื่อคอลัมน์มี {2} ช่อง
    put quotation marks around a text that contains the separator ⇒ ใส่เครื่องหมายคำพูดคร่อมข้อความที่มีเครื่องหมายคั่นคอลัมน์
    the file has more than {} MiB ⇒ ไฟล์ใหญ่เกิน {1} MB
    split it by office ⇒ แบ่งเป็นหลายไฟล์ตามหน่วยงาน
    this is an Excel workbook, not CSV ⇒ ไฟล์นี้เป็นสมุดงาน Excel ไม่ใช่ CSV
    save it as 'CSV UTF-8 (comma delimited)' ⇒ บันทึกเป็น ‘CSV UTF-8 (คั่นด้วยจุลภาค)’
    the file is UTF-16 ⇒ ไฟล์นี้เป็น UTF-16
    save it as 'CSV UTF-8' ⇒ บันทึกเป็น ‘CSV UTF-8’
    the file contains a NUL byte ⇒ ในไฟล์มีอักขระที่ไม่ใช่ข้อความ
    it is no CSV, or was damaged ⇒ ไฟล์นี้ไม่ใช่ CSV หรือเสียหาย
    the text is neither UTF-8 nor Windows-874 ⇒ ข้อความไม่ใช่ทั้ง UTF-8 และ Windows-874
    the office '{}' stands twice, also in row {} ⇒ หน่วยงาน ‘{1}’ ซ้ำกับบรรทัด {2}
    keep one of the rows ⇒ เก็บไว้บรรทัดเดียว
    '{}' in the column '{}' is no instrument of the rubric ⇒ ‘{1}’ ในคอลัมน์ ‘{2}’ ไม่ใช่เครื่องมือในเกณฑ์
    '{}' is not a number of people ⇒ ‘{1}’ ไม่ใช่จำนวนคน
    write digits only, for example 86 ⇒ กรอกเป็นตัวเลขเท่านั้น เช่น 86
    the office ends on {}, before it begins ⇒ หน่วยงานสิ้นสุดวันที่ {1} ก่อนวันเริ่มต้น
    correct one of the two days ⇒ แก้วันใดวันหนึ่ง
    '{}' is not a kind of office in {} ⇒ ‘{1}’ ไม่ใช่ประเภทหน่วยงานในเกณฑ์ {2}
    {} provinces in English, {} in Thai ⇒ จังหวัดภาษาอังกฤษมี {1} แห่ง ภาษาไทยมี {2} แห่ง
    name the same ones in the same order ⇒ ระบุจังหวัดเดียวกันตามลำดับเดียวกัน
    '{}' stands without the region in Thai ⇒ มีภาคภาษาอังกฤษ ‘{1}’ แต่ไม่มีภาษาไทย
    give the column 'region' as well ⇒ กรอกคอลัมน์ ‘region’ ด้วย
    '{}' is not a condition in {} ⇒ ‘{1}’ ไม่ใช่ข้อเท็จจริงที่มีในเกณฑ์ {2}
    there is no office '{}' among the offices ⇒ ไม่มีหน่วยงานรหัส ‘{1}’ ในทะเบียน
    there is no office '{}' ⇒ ไม่มีหน่วยงานรหัส ‘{1}’
    did you mean '{}'? ⇒ หมายถึง ‘{1}’ หรือไม่
    it may be {} ⇒ ใช้ได้คือ {1}
    none are declared ⇒ ยังไม่มีประกาศไว้
    add a row for it, or leave the cell empty ⇒ เพิ่มแถวของหน่วยงานนั้น หรือเว้นช่องนี้ว่าง
    the office '{}' is above itself ⇒ หน่วยงาน ‘{1}’ เป็นต้นสังกัดของตนเอง
    correct the parents ⇒ แก้หน่วยงานต้นสังกัด
    the group '{}' of '{}' stands twice, also in row {} ⇒ กลุ่ม ‘{1}’ ของ ‘{2}’ ซ้ำกับบรรทัด {3}
    '{}' is no code of a group ⇒ ‘{1}’ ใช้เป็นรหัสกลุ่มไม่ได้
    use at most 40 of a-z, 0-9, '_' and '-', such as admin ⇒ ใช้ a-z ตัวเลข ‘_’ และ ‘-’ ไม่เกิน 40 ตัว เช่น admin
    '{}' has the national ID of '{}' in row {} ⇒ ‘{1}’ มีเลขประจำตัวประชาชนเดียวกับ ‘{2}’ ในบรรทัด {3}
    give one person one user name ⇒ ใช้ชื่อผู้ใช้เดียวสำหรับหนึ่งคน
    the '{}' of '{}' is not that of row {} ⇒ ‘{1}’ ของ ‘{2}’ ไม่ตรงกับบรรทัด {3}
    write it in one of the rows, or the same in both ⇒ กรอกในบรรทัดเดียว หรือกรอกให้ตรงกันทุกบรรทัด
    '{}' stands twice, also in row {} ⇒ ‘{1}’ ซ้ำกับบรรทัด {2}
    keep one of the rows, or name a role in each ⇒ เก็บไว้บรรทัดเดียว หรือระบุบทบาทในแต่ละบรรทัด
    '{}' has this role twice, also in row {} ⇒ ‘{1}’ มีบทบาทนี้ซ้ำกับบรรทัด {2}
    '{}' cannot be {} and, in row {}, {} ⇒ ‘{1}’ มีบทบาท {2} พร้อมกับ {4} ในบรรทัด {3} ไม่ได้
    give one of the roles to somebody else, or another time ⇒ มอบบทบาทหนึ่งให้ผู้อื่น หรือกำหนดเวลาไม่ให้ซ้อนกัน
    the row begins on {} and ends on {}, which is not later ⇒ แถวนี้เริ่มวันที่ {1} และสิ้นสุดวันที่ {2} ซึ่งไม่ได้อยู่ภายหลัง
    fill in 'from' as well ⇒ กรอก ‘from’ ด้วย
    a number as long as a national ID is no user name ⇒ ใช้เลขประจำตัวประชาชนเป็นชื่อผู้ใช้ไม่ได้
    choose one, such as somchai.j ⇒ ตั้งชื่อผู้ใช้ เช่น somchai.j
    '{}' is no user name ⇒ ‘{1}’ ใช้เป็นชื่อผู้ใช้ไม่ได้
    write '{}' ⇒ เขียนว่า ‘{1}’
    use 2 to 40 of a-z, 0-9, '.', '_' and '-', such as somchai.j ⇒ ใช้ a-z ตัวเลข ‘.’ ‘_’ และ ‘-’ 2 ถึง 40 ตัว เช่น somchai.j
    this is not a national ID: thirteen digits of which the last checks the others ⇒ ไม่ใช่เลขประจำตัวประชาชนที่ถูกต้อง ต้องมี 13 หลักและหลักสุดท้ายตรงตามสูตร
    correct it, or leave the cell empty ⇒ แก้ให้ถูกต้อง หรือเว้นว่าง
    '{}' is not an e-mail address ⇒ ‘{1}’ ไม่ใช่อีเมล
    write one such as somchai@office.example ⇒ กรอกอีเมล เช่น somchai@office.example
    the row has a '{}' but no role ⇒ แถวนี้มี ‘{1}’ แต่ไม่มีบทบาท
    name the role, or leave the cell empty ⇒ ระบุบทบาท หรือเว้นช่องนี้ว่าง
    {} is a role of an office and cannot be held everywhere ⇒ {1} เป็นบทบาทของหน่วยงาน ใช้กับทุกหน่วยงานไม่ได้
    write the codes of the offices, separated by semicolons ⇒ กรอกรหัสหน่วยงาน คั่นด้วย ;
    the row has a role, and nothing says for which office ⇒ แถวนี้มีบทบาท แต่ไม่ได้ระบุหน่วยงาน
    write the codes of the offices, or * for all ⇒ กรอกรหัสหน่วยงาน หรือ * สำหรับทุกหน่วยงาน
    write the codes of the offices ⇒ กรอกรหัสหน่วยงาน
    '*' stands beside other offices ⇒ มี ‘*’ ร่วมกับรหัสหน่วยงานอื่น
    write * alone, or the offices alone ⇒ ใส่ * อย่างเดียว หรือใส่รหัสหน่วยงานอย่างเดียว
    {} is not a role in a group, only officer and group_head are ⇒ {1} ไม่ใช่บทบาทของกลุ่ม มีเพียง officer และ group_head
    leave the cell empty ⇒ เว้นช่องนี้ว่าง
    '{}' is no group ⇒ ไม่มีกลุ่มรหัส ‘{1}’
    the row has an '{}', and 'acting' is empty ⇒ แถวนี้มี ‘{1}’ แต่ ‘acting’ ว่าง
    write in_place_of or on_behalf_of there, or leave the cell empty ⇒ กรอก in_place_of หรือ on_behalf_of ใน ‘acting’ หรือเว้นช่องนี้ว่าง
    somebody acts without an order ⇒ ผู้ปฏิบัติหน้าที่แทนต้องมีเลขที่คำสั่ง
    write its number in 'order', such as 123/2569 ⇒ กรอกเลขที่ใน ‘order’ เช่น 123/2569
    the order has no date ⇒ คำสั่งไม่มีวันที่
    write its day in 'order_date', as 2026-10-01 ⇒ กรอกวันที่ใน ‘order_date’ เช่น 2026-10-01
    '{}' is not a column of this file ⇒ ‘{1}’ ไม่ใช่คอลัมน์ของตารางนี้
    the column '{}' stands twice ⇒ คอลัมน์ ‘{1}’ ซ้ำกัน
    keep one ⇒ เก็บไว้คอลัมน์เดียว
    there is no column '{}' ⇒ ไม่มีคอลัมน์ ‘{1}’
    add it; the columns are {} ⇒ เพิ่มคอลัมน์นี้ คอลัมน์ที่ใช้ได้คือ {1}
    the cell '{}' is empty ⇒ ช่อง ‘{1}’ ว่าง
    fill it in ⇒ กรอกข้อมูล
    '{}' is in the Buddhist era ⇒ ‘{1}’ เป็นปี พ.ศ.
    write the year of the common era, {} for {} ⇒ เขียนเป็นปี ค.ศ. คือ {1} แทน {2}
    '{}' is not a day or a moment ⇒ ‘{1}’ ไม่ใช่วันที่หรือเวลา
    '{}' is not a day ⇒ ‘{1}’ ไม่ใช่วันที่
    write year-month-day in the common era, as 2026-10-01 ⇒ เขียนเป็นปี ค.ศ.-เดือน-วัน เช่น 2026-10-01
    write 2026-01-05 or 2026-01-05T16:30 ⇒ เขียนเช่น 2026-01-05 หรือ 2026-01-05T16:30
    '{}' is no role ⇒ ไม่มีบทบาท ‘{1}’
    '{}' is no capacity in which to act ⇒ ‘{1}’ ไม่ใช่ฐานะการปฏิบัติหน้าที่
    add it to the table of offices ⇒ เพิ่มในตารางหน่วยงานก่อน
    '{}' is not a figure ⇒ ‘{1}’ ไม่ใช่คะแนน
    write a decimal of at most six places, such as 92.82 ⇒ กรอกทศนิยมไม่เกิน 6 ตำแหน่ง เช่น 92.82
    {} is more than the full marks of {}, {} ⇒ {1} มากกว่าคะแนนเต็มของ {2} คือ {3}
    correct the figure ⇒ แก้คะแนน
    {} of '{}' is given twice ⇒ {1} ของ ‘{2}’ มีสองแถว
    '{}' is no node of {} ⇒ ‘{1}’ ไม่ใช่รหัสในเกณฑ์ {2}
    use a code such as {}, or total ⇒ ใช้รหัส เช่น {1} หรือ total
    '{}' is no item that is judged in {} ⇒ ‘{1}’ ไม่ใช่ข้อที่ต้องตรวจในเกณฑ์ {2}
    use a code such as {} ⇒ ใช้รหัส เช่น {1}
    {} of '{}' is marked twice, also in row {} ⇒ {1} ของ ‘{2}’ มีผลซ้ำกับบรรทัด {3}
    {} is not judged by its elements ⇒ {1} ไม่ได้ตรวจตามองค์ประกอบ
    leave the cell empty: {} ⇒ เว้นช่องนี้ว่าง: {1}
    '{}' is no mark for {} ⇒ ‘{1}’ ไม่ใช่ผลตรวจของ {2}
    {} is not applicable without a reason ⇒ {1} ระบุว่าไม่เกี่ยวข้องโดยไม่มีเหตุผล
    say why it does not apply ⇒ ระบุเหตุผล
    {} is marked '{}', but {} of {} elements are ticked ⇒ {1} มีผล ‘{2}’ แต่เลือกองค์ประกอบ {3} จาก {4}
    leave the option empty, or let the two agree ⇒ เว้นผลตรวจว่าง หรือแก้ให้ตรงกัน
    {} has no element '{}' ⇒ {1} ไม่มีองค์ประกอบ ‘{2}’
    there is no column 'office' ⇒ ไม่มีคอลัมน์ ‘office’
    add it, or say with --office whose rows they are ⇒ เพิ่มคอลัมน์รหัสหน่วยงาน
    """#
}

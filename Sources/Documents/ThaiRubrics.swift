/// What complaints about rubrics say in Thai, as `ThaiTables` has those about tables.
enum ThaiRubrics {
  static let lines = #"""
    the file has more than {} KiB ⇒ ไฟล์ใหญ่เกิน {1} KB
    split it with 'extends', or raise the limit with --max-size ⇒ แบ่งเป็นหลายไฟล์ด้วย ‘extends’
    save it as UTF-8 ⇒ บันทึกเป็น UTF-8
    it is no text file, or was damaged: save it as UTF-8 text ⇒ ไม่ใช่ไฟล์ข้อความ หรือเสียหาย โปรดบันทึกเป็น UTF-8
    the file is not UTF-8 ⇒ ไฟล์ไม่ใช่ UTF-8
    the file uses a YAML anchor and an alias ⇒ ไฟล์ใช้ anchor และ alias ของ YAML
    write the content out where it is needed; in a wording, put a space behind & and * ⇒ เขียนเนื้อหาเต็มในที่ที่ใช้ ในข้อความให้เว้นวรรคหลัง & และ *
    begin with the lines of {} ⇒ เริ่มด้วยบรรทัดตามคู่มือ {1}
    check the file's YAML ⇒ ตรวจรูปแบบ YAML ของไฟล์
    the file is nested deeper than {} levels ⇒ ไฟล์ซ้อนลึกเกิน {1} ชั้น
    flatten it ⇒ ลดจำนวนชั้น
    a YAML anchor (&name) is not allowed ⇒ ใช้ anchor ของ YAML (&name) ไม่ได้
    write the content out where it is needed ⇒ เขียนเนื้อหาเต็มในที่ที่ใช้
    a key must be a plain word ⇒ ชื่อคีย์ต้องเป็นคำเดียว
    write 'name: value' ⇒ เขียนว่า ‘ชื่อ: ค่า’
    a YAML merge key (<<) is not allowed ⇒ ใช้ merge key ของ YAML (<<) ไม่ได้
    write the content out ⇒ เขียนเนื้อหาเต็ม
    a YAML alias (*name) is not allowed ⇒ ใช้ alias ของ YAML (*name) ไม่ได้
    a YAML tag ({}) is not allowed ⇒ ใช้ tag ของ YAML ({1}) ไม่ได้
    remove it ⇒ นำออก
    a second document begins here ⇒ มีเอกสารที่สองเริ่มตรงนี้
    remove the line '---' ⇒ ลบบรรทัด ‘---’
    this is not YAML: {} ⇒ รูปแบบ YAML ไม่ถูกต้อง: {1}
    check indentation, colons and quotes on this line and the one above ⇒ ตรวจการเยื้อง เครื่องหมาย : และเครื่องหมายคำพูดในบรรทัดนี้และบรรทัดก่อนหน้า
    '{}' is written twice in the same place ⇒ เขียน ‘{1}’ ซ้ำในที่เดียวกัน
    keep one of them ⇒ เก็บไว้อย่างเดียว
    the text cannot be read: {} ⇒ อ่านข้อความไม่ได้: {1}
    save it as UTF-8 text ⇒ บันทึกเป็นข้อความ UTF-8
    the file cannot be read as YAML ⇒ อ่านไฟล์เป็น YAML ไม่ได้
    check its syntax ⇒ ตรวจรูปแบบ
    there is no '{}' to drop ⇒ ไม่มี ‘{1}’ ให้นำออก
    there is no '{}' to stand {} ⇒ ไม่มี ‘{1}’ ให้อ้างตำแหน่ง ({2})
    {} must be a list of 'name: value' lines ⇒ {1} ต้องเป็นรายการ ‘ชื่อ: ค่า’
    see Rubrics/README.md ⇒ ดูคู่มือเกณฑ์ Rubrics/README.md
    {} has no '{}' ⇒ {1} ไม่มี ‘{2}’
    add '{}: {}' ⇒ เพิ่ม ‘{1}: {2}’
    '{}' is not known in {} ⇒ ไม่รู้จัก ‘{1}’ ใน {2}
    '{}' of {} must be a text ⇒ ‘{1}’ ของ {2} ต้องเป็นข้อความ
    write it behind the colon ⇒ เขียนไว้หลังเครื่องหมาย :
    '{}' of {} must be yes or no ⇒ ‘{1}’ ของ {2} ต้องเป็น yes หรือ no
    write 'yes' or 'no' ⇒ เขียน yes หรือ no
    {} must be a number, not '{}' ⇒ {1} ต้องเป็นตัวเลข ไม่ใช่ ‘{2}’
    write a decimal in digits 0-9, at most six places and up to 1000000, such as 33.5 ⇒ เขียนทศนิยมไม่เกิน 6 ตำแหน่ง ไม่เกิน 1000000 เช่น 33.5
    '{}' of {} must be a whole number from {} to {} ⇒ ‘{1}’ ของ {2} ต้องเป็นจำนวนเต็มตั้งแต่ {3} ถึง {4}
    '{}' of {} cannot be '{}' ⇒ ‘{1}’ ของ {2} เป็น ‘{3}’ ไม่ได้
    '{}' of {} must be a list ⇒ ‘{1}’ ของ {2} ต้องเป็นรายการ
    write {} ⇒ เขียน {1}
    an entry of '{}' must be a name ⇒ แต่ละรายการใน ‘{1}’ ต้องเป็นชื่อ
    write one word an entry ⇒ เขียนรายการละหนึ่งคำ
    {} ends at a comma, before '{}' ⇒ {1} จบที่จุลภาคก่อน ‘{2}’
    put quotation marks around a wording that contains a comma ⇒ ใส่เครื่องหมายคำพูดคร่อมข้อความที่มีจุลภาค
    {} has no {} wording ⇒ {1} ไม่มีข้อความภาษา {2}
    add '{}: …' ⇒ เพิ่ม ‘{1}: …’
    '{}' is not a method ⇒ ‘{1}’ ไม่ใช่วิธีวัด
    'above' and 'then' of the sample go together ⇒ ‘above’ และ ‘then’ ของกลุ่มตัวอย่างต้องมีคู่กัน
    write 'above: 4000, then: 400', or neither ⇒ เขียน ‘above: 4000, then: 400’ หรือไม่เขียนทั้งคู่
    {} has both items and indicators ⇒ {1} มีทั้งข้อและตัวชี้วัด
    put the items into an indicator of their own ⇒ ย้ายข้อไปไว้ในตัวชี้วัดของตนเอง
    '{}' of {} names no kind of office ⇒ ‘{1}’ ของ {2} ไม่ได้ระบุประเภทหน่วยงาน
    name at least one, or take the line out ⇒ ระบุอย่างน้อยหนึ่งประเภท หรือลบบรรทัดนี้
    the provenance of {} is neither verified nor to be confirmed ⇒ ที่มาของ {1} ไม่ได้ระบุว่า verified หรือ to_confirm
    write { verified: "source" } or { to_confirm: "what" } ⇒ เขียน { verified: "แหล่งที่มา" } หรือ { to_confirm: "สิ่งที่ต้องยืนยัน" }
    'weights' cannot be '{}' ⇒ ‘weights’ เป็น ‘{1}’ ไม่ได้
    write 'weights: relative' ⇒ เขียน ‘weights: relative’
    'met_at' has no effect under '{}' ⇒ ‘met_at’ ไม่มีผลเมื่อใช้ ‘{1}’
    use it with 'aggregate: share_met' ⇒ ใช้กับ ‘aggregate: share_met’
    '{}' is no way to aggregate ⇒ ‘{1}’ ไม่ใช่วิธีรวมคะแนน
    {} has both 'steps' and 'interpolate' ⇒ {1} มีทั้ง ‘steps’ และ ‘interpolate’
    a step needs one bound and what it gives ⇒ แต่ละขั้นต้องมีขอบเขตหนึ่งค่าและคะแนนที่ได้
    write { at_least: 90, gives: 10 }, { above: 90, gives: 10 } or { otherwise: 0 } ⇒ เขียน { at_least: 90, gives: 10 } หรือ { above: 90, gives: 10 } หรือ { otherwise: 0 }
    {} does not say how it is answered ⇒ {1} ไม่ได้บอกวิธีตอบ
    add one of {} ⇒ เพิ่มอย่างใดอย่างหนึ่ง: {1}
    {} is answered in two ways: {} ⇒ {1} มีวิธีตอบสองแบบ: {2}
    'reversed' has no effect with '{}' ⇒ ‘reversed’ ไม่มีผลกับ ‘{1}’
    take it out ⇒ นำออก
    'text' can only be yes ⇒ ‘text’ เป็นได้เฉพาะ yes
    write 'text: yes', or take it out ⇒ เขียน ‘text: yes’ หรือนำออก
    100 cannot be shared exactly among {} stars ⇒ แบ่ง 100 ให้ {1} ดาวไม่ลงตัว
    use 2, 4, 5, 8 or 10 stars, or a scale with points of your own ⇒ ใช้ 2 4 5 8 หรือ 10 ดาว หรือกำหนดมาตรวัดเอง
    there is no scale '{}' ⇒ ไม่มีมาตรวัด ‘{1}’
    there is no shared element '{}' ⇒ ไม่มีองค์ประกอบร่วม ‘{1}’
    {} has points, yet does not count ⇒ {1} มีคะแนนแต่ไม่นับ
    keep one of the two ⇒ เก็บไว้อย่างใดอย่างหนึ่ง
    {} has no points ⇒ {1} ไม่มีคะแนน
    add 'points: …', or 'counts: no' if it carries none ⇒ เพิ่ม ‘points: …’ หรือ ‘counts: no’ ถ้าไม่คิดคะแนน
    {} expects nothing ⇒ {1} ไม่ได้ระบุผลที่คาด
    add 'expect: { total: …, level: … }' ⇒ เพิ่ม ‘expect: { total: …, level: … }’
    {} must be 'name: value' pairs ⇒ {1} ต้องเป็นคู่ ‘ชื่อ: ค่า’
    write, for example, { O7: pass } ⇒ เขียน เช่น { O7: pass }
    write digits only ⇒ กรอกเป็นตัวเลขเท่านั้น
    write { not_applicable: "why" } ⇒ เขียน { not_applicable: "เหตุผล" }
    the mark of {} says nothing ⇒ ผลของ {1} ไม่ได้บอกอะไร
    write pass, fail, an option, a number, { elements: [ … ] } or { not_applicable: "why" } ⇒ เขียน pass fail ตัวเลือก ตัวเลข { elements: [ … ] } หรือ { not_applicable: "เหตุผล" }
    a range has two ends ⇒ ช่วงต้องมีสองค่า
    write [floor, ceiling] ⇒ เขียน [ต่ำสุด, สูงสุด]
    '{}' is no figure of the case ⇒ ‘{1}’ ไม่ใช่คะแนนในตัวอย่างนี้
    the rubric has no instrument ⇒ เกณฑ์ไม่มีเครื่องมือ
    add one ⇒ เพิ่มอย่างน้อยหนึ่ง
    '{}' must be a list of 'name: …' lines ⇒ ‘{1}’ ต้องเป็นรายการ ‘ชื่อ: …’
    'ranks' cannot be '{}' ⇒ ‘ranks’ เป็น ‘{1}’ ไม่ได้
    write 'published' or 'exact' ⇒ เขียน ‘published’ หรือ ‘exact’
    'and' of {} must name nodes ⇒ ‘and’ ของ {1} ต้องระบุรหัส
    write 'and: { IIT: 85, EIT: 85 }' ⇒ เขียน ‘and: { IIT: 85, EIT: 85 }’
    the files extend one another more than {} deep ⇒ ไฟล์ต่อกันลึกเกิน {1} ชั้น
    extend an earlier one directly ⇒ ต่อจากไฟล์ก่อนหน้าโดยตรง
    '{}' extends itself ⇒ ‘{1}’ ต่อจากตนเอง
    break the circle ⇒ ตัดการต่อที่วนกลับ
    '{}' cannot be read: {} ⇒ อ่าน ‘{1}’ ไม่ได้: {2}
    check the name and the folder ⇒ ตรวจชื่อไฟล์ และแนบไฟล์นี้มาด้วย
    'extends' must name a file beside this one ⇒ ‘extends’ ต้องเป็นชื่อไฟล์ที่อยู่ด้วยกัน
    write, for example, ita-2567.yaml ⇒ เขียน เช่น ita-2567.yaml
    case '{}': {} ⇒ ตัวอย่าง ‘{1}’: {2}
    correct the case, or the rubric ⇒ แก้ตัวอย่าง หรือแก้เกณฑ์
    correct the case or the rubric; the working:{} ⇒ แก้ตัวอย่างหรือแก้เกณฑ์ วิธีคิด:{1}
    '{}' is not a stable name ⇒ ‘{1}’ ใช้เป็นชื่อคงที่ไม่ได้
    use a-z, 0-9, _ and -, beginning with a letter ⇒ ใช้ a-z ตัวเลข _ และ - ขึ้นต้นด้วยตัวอักษร
    the case '{}' stands twice ⇒ ตัวอย่าง ‘{1}’ ซ้ำกัน
    give it another name ⇒ ตั้งชื่ออื่น
    the code '{}' has a meaning of its own in cases ⇒ รหัส ‘{1}’ มีความหมายเฉพาะในตัวอย่าง
    choose another ⇒ เลือกรหัสอื่น
    the code '{}' is used twice ⇒ รหัส ‘{1}’ ซ้ำกัน
    give every node a code of its own ⇒ ให้แต่ละรายการมีรหัสของตนเอง
    the code '{}' has a space, a comma, a semicolon or an @ ⇒ รหัส ‘{1}’ มีช่องว่าง จุลภาค ; หรือ @
    leave them out ⇒ นำออก
    the key '{}' is used twice ⇒ คีย์ ‘{1}’ ซ้ำกัน
    give every node a key of its own ⇒ ให้แต่ละรายการมีคีย์ของตนเอง
    a weight must be above zero ⇒ น้ำหนักต้องมากกว่าศูนย์
    use 'pilot: yes' for what is not counted ⇒ ใช้ ‘pilot: yes’ สำหรับสิ่งที่ไม่นับคะแนน
    the key '{}' is not a stable name ⇒ คีย์ ‘{1}’ ใช้เป็นชื่อคงที่ไม่ได้
    '{}' is not a kind of office ⇒ ‘{1}’ ไม่ใช่ประเภทหน่วยงาน
    it applies to no kind of office ⇒ ไม่มีหน่วยงานประเภทใดต้องประเมินรายการนี้
    leave at least one kind ⇒ เหลือไว้อย่างน้อยหนึ่งประเภท
    '{}' is not a condition ⇒ ‘{1}’ ไม่ใช่ข้อเท็จจริงที่ประกาศไว้
    there is nothing below it ⇒ ไม่มีรายการย่อย
    add 'indicators' or 'items' ⇒ เพิ่ม ‘indicators’ หรือ ‘items’
    the list of items is empty ⇒ รายการข้อว่างเปล่า
    add an item, or take the node out ⇒ เพิ่มข้อ หรือนำรายการนี้ออก
    a cap must be above zero ⇒ เพดานต้องมากกว่าศูนย์
    write the most the figure may be ⇒ เขียนคะแนนสูงสุดที่เป็นได้
    weights have no effect here: the parts are not averaged ⇒ น้ำหนักไม่มีผลตรงนี้ เพราะไม่ได้คิดค่าเฉลี่ย
    take the weights out, or use 'aggregate: mean' ⇒ นำน้ำหนักออก หรือใช้ ‘aggregate: mean’
    '{}' has no weight, its siblings have ⇒ ‘{1}’ ไม่มีน้ำหนัก แต่รายการข้างเคียงมี
    give a weight to all of them or to none ⇒ กำหนดน้ำหนักให้ครบทุกรายการ หรือไม่กำหนดเลย
    the weights of {} sum to {}, not to 100 or 1 ⇒ น้ำหนักของ {1} รวมได้ {2} ไม่ใช่ 100 หรือ 1
    correct them, or write 'weights: relative' at what they belong to ⇒ แก้น้ำหนัก หรือเขียน ‘weights: relative’
    there is no sample to take ⇒ ไม่มีกลุ่มตัวอย่างให้ใช้
    add 'sample' beside 'least: sample' ⇒ เพิ่ม ‘sample’ คู่กับ ‘least: sample’
    a share is above 0 and at most 100 per cent ⇒ สัดส่วนต้องมากกว่า 0 และไม่เกินร้อยละ 100
    write, for example, 10 ⇒ เขียน เช่น 10
    'above' lies below 'everyone_up_to' ⇒ ‘above’ น้อยกว่า ‘everyone_up_to’
    write the larger number here ⇒ เขียนจำนวนที่มากกว่าตรงนี้
    a question cannot be answered by a checklist, a band or a count ⇒ ข้อคำถามตอบด้วยรายการตรวจ ช่วง หรือจำนวนไม่ได้
    use 'scale', 'options', 'stars' or 'text', or make the instrument a disclosure ⇒ ใช้ ‘scale’ ‘options’ ‘stars’ หรือ ‘text’ หรือเปลี่ยนเครื่องมือเป็นการเปิดเผยข้อมูล
    a disclosure has no sub-items ⇒ ข้อเปิดเผยข้อมูลมีข้อย่อยไม่ได้
    use 'elements', or items of their own ⇒ ใช้ ‘elements’ หรือแยกเป็นข้อ
    free text carries no points ⇒ ข้อความอิสระไม่มีคะแนน
    take 'worth' out ⇒ นำ ‘worth’ ออก
    an item's worth must be above zero ⇒ คะแนนเต็มของข้อต้องมากกว่าศูนย์
    write the points full marks give ⇒ เขียนคะแนนเต็ม
    no answer gives points that a worth could scale ⇒ ไม่มีคำตอบใดที่ให้คะแนน
    give some option points above zero ⇒ ให้บางตัวเลือกมีคะแนนมากกว่าศูนย์
    the band ends at {}, not above its beginning {} ⇒ ช่วงสิ้นสุดที่ {1} ไม่มากกว่าจุดเริ่ม {2}
    raise 'most' ⇒ เพิ่ม ‘most’
    steps of {} do not lead from {} to {} ⇒ ขั้นละ {1} ไปจาก {2} ถึง {3} ไม่ลงตัว
    choose a step that divides the band ⇒ เลือกขั้นที่หารช่วงลงตัว
    a share of no elements ⇒ คิดสัดส่วนโดยไม่มีองค์ประกอบ
    list the item's 'elements', or write 'checklist: all' ⇒ ระบุ ‘elements’ ของข้อ หรือเขียน ‘checklist: all’
    '{}' is not a group ⇒ ‘{1}’ ไม่ใช่กลุ่ม
    '{}' is not a round ⇒ ‘{1}’ ไม่ใช่รอบ
    give every node and sub-item a code of its own ⇒ ให้แต่ละข้อและข้อย่อยมีรหัสของตนเอง
    the sub-item '{}' stands twice ⇒ ข้อย่อย ‘{1}’ ซ้ำกัน
    give it a code of its own ⇒ ให้มีรหัสของตนเอง
    a sub-item needs options to choose from ⇒ ข้อย่อยต้องมีตัวเลือก
    give it a scale ⇒ กำหนดมาตรวัด
    the element '{}' stands twice in {} ⇒ องค์ประกอบ ‘{1}’ ซ้ำใน {2}
    '{}' is not a period ⇒ ‘{1}’ ไม่ใช่ช่วงเวลาที่ประกาศไว้
    no item uses the element '{}' ⇒ ไม่มีข้อใดใช้องค์ประกอบ ‘{1}’
    write '{ use: {} }' at an item, or take it out ⇒ เขียน ‘{ use: {1} }’ ที่ข้อ หรือนำออก
    there is no node '{}' ⇒ ไม่มีรายการรหัส ‘{1}’
    name an instrument or indicator by its code ⇒ ระบุรหัสเครื่องมือหรือตัวชี้วัด
    no level begins at the pass mark {} ⇒ ไม่มีระดับใดเริ่มที่เกณฑ์ผ่าน {1}
    use the 'at_least' of the lowest level that passes ⇒ ใช้ ‘at_least’ ของระดับต่ำสุดที่ผ่าน
    the level '{}' can never be reached: {} is at most {}, not {} ⇒ ไม่มีทางถึงระดับ ‘{1}’: {2} สูงสุดคือ {3} ไม่ใช่ {4}
    lower the threshold ⇒ ลดเกณฑ์ลง
    the levels '{}' and '{}' overlap: their conditions are the same ⇒ ระดับ ‘{1}’ และ ‘{2}’ มีเงื่อนไขเดียวกัน
    give each level a range of its own ⇒ กำหนดช่วงของแต่ละระดับไม่ให้ซ้อนกัน
    the level '{}' can never be reached: whoever meets it has met '{}' (level {}) before ⇒ ไม่มีทางถึงระดับ ‘{1}’: ผู้ที่ผ่านเงื่อนไขจะได้ ‘{2}’ (ระดับที่ {3}) ก่อน
    write the highest level first ⇒ เขียนระดับสูงสุดก่อน
    the level '{}' stands twice ⇒ ระดับ ‘{1}’ ซ้ำกัน
    the ladder has a hole: no level is said for figures below {} ⇒ ไม่มีระดับสำหรับคะแนนต่ำกว่า {1}
    let the lowest level begin at 0 ⇒ ให้ระดับต่ำสุดเริ่มที่ 0
    the ladder has a hole: the lowest level has conditions, and whoever misses them has none ⇒ ระดับต่ำสุดมีเงื่อนไข ผู้ที่ไม่ผ่านจะไม่มีระดับ
    let the lowest level have no 'and' ⇒ ระดับต่ำสุดต้องไม่มี ‘and’
    a scale needs at least two options ⇒ มาตรวัดต้องมีอย่างน้อยสองตัวเลือก
    add another ⇒ เพิ่มอีกหนึ่ง
    a scale has at most 15 options ⇒ มาตรวัดมีได้ไม่เกิน 15 ตัวเลือก
    merge some of them ⇒ รวมบางตัวเลือกเข้าด้วยกัน
    the option '{}' stands twice ⇒ ตัวเลือก ‘{1}’ ซ้ำกัน
    no option carries points ⇒ ไม่มีตัวเลือกใดมีคะแนน
    give points to at least one ⇒ ให้คะแนนอย่างน้อยหนึ่งตัวเลือก
    '{}' is not a number ⇒ ‘{1}’ ไม่ใช่ตัวเลข
    an interpolated scale needs numbers as codes, rising ⇒ มาตรวัดที่คิดแบบต่อเนื่องต้องใช้รหัสเป็นตัวเลขเรียงจากน้อยไปมาก
    the codes must rise: {} stands behind {} ⇒ รหัสต้องเรียงจากน้อยไปมาก: {1} อยู่หลัง {2}
    the step table is empty ⇒ ตารางขั้นว่างเปล่า
    add a row such as '{ at_least: 90, gives: 10 }' ⇒ เพิ่มแถว เช่น ‘{ at_least: 90, gives: 10 }’
    below the last step there is no row ⇒ ไม่มีแถวสำหรับค่าที่ต่ำกว่าขั้นสุดท้าย
    end with '{ otherwise: 0 }' ⇒ ปิดท้ายด้วย ‘{ otherwise: 0 }’
    'otherwise' hides the rows behind it ⇒ ‘otherwise’ บังแถวที่อยู่หลัง
    make it the last row ⇒ ย้ายไปเป็นแถวสุดท้าย
    the step at {} does not lie below the one at {} ⇒ ขั้นที่ {1} ไม่ต่ำกว่าขั้นที่ {2}
    write the highest first, each bound once ⇒ เขียนจากสูงไปต่ำ ขอบเขตละครั้ง
    a line needs two points ⇒ เส้นต้องมีสองจุด
    add '{ at: …, gives: … }' ⇒ เพิ่ม ‘{ at: …, gives: … }’
    the points must rise: {} stands behind {} ⇒ จุดต้องเรียงจากน้อยไปมาก: {1} อยู่หลัง {2}
    reorder them ⇒ เรียงใหม่
    the table is not monotone: more of one gives less of the other in places ⇒ ตารางขึ้นและลงสลับกัน
    let it rise or fall throughout ⇒ ให้ขึ้นหรือลงทางเดียวตลอด
    a higher figure must never give fewer points ⇒ คะแนนที่สูงกว่าต้องไม่ได้น้อยลง
    a figure is not below zero ⇒ คะแนนติดลบไม่ได้
    '{}' is no instrument ⇒ ‘{1}’ ไม่ใช่เครื่องมือ
    '{}' is no disclosure or deduction ⇒ ‘{1}’ ไม่ใช่ข้อเปิดเผยข้อมูลหรือรายการหักคะแนน
    {} cannot be marked like that: {} ⇒ {1} ให้ผลแบบนี้ไม่ได้: {2}
    '{}' has no option '{}' ⇒ ‘{1}’ ไม่มีตัวเลือก ‘{2}’
    '{}' is no question that carries points ⇒ ‘{1}’ ไม่ใช่ข้อคำถามที่มีคะแนน
    """#
}

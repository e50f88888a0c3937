/* Registry: the CSV table of departments, as people write it. */
#pragma once
#include "load/department.h"

/* Columns code, name, aliases, parent, valid_from, valid_to (编码, 名称, 别名, 上级, 起始年度,
 * 终止年度) in any order, the first line naming them; aliases with ；, ; | or 、 between. UTF-8 or
 * GB 18030. DepartmentRow, owned by the array; what is wrong is an error with file and line. */
GArray *registry_read(const char *path, GError **error);

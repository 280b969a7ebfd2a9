#include <sqlite3.h>

// Swift cannot call a function of variable arguments.
static inline int sqlite3_config_memstatus(int on) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, on); }

/* Never run: `make size` reads the size of this object. */
#include "stub/state.h"

extern char session_size[sizeof(struct stub_session)];
char session_size[sizeof(struct stub_session)];

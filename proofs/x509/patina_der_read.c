// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: patina_der_read
// SOURCES: src/x509/inspect.c
// ENFORCE: no
// REPLACE: ptn_der_read_any ptn_reader_rest
// MUTANT: src/x509/inspect.c s/rest(&r);/rest(\&r);\n    rest->len++;/
#include "proof.h"

#include "patina/inspect.h"
#include "x509/der.h"

void harness(void)
{
    patina_span whole = any_span();
    patina_span rest = whole;
    uint8_t tag;
    patina_span contents;
    if (patina_der_read(&rest, &tag, &contents)) {
        PTN_REACH("read");
        CLAIM(rest.len <= whole.len && whole.len - rest.len >= 2, "a header at least has gone");
    } else {
        PTN_REACH("refused");
        CLAIM(rest.ptr == whole.ptr && rest.len == whole.len, "nothing has gone");
        CLAIM(contents.len == 0, "no contents");
    }
    CLAIM(is_within(rest, whole), "the rest is a part of it");
    CLAIM(is_within(contents, whole), "the contents lie within");
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_crl_note_good
// SOURCES: src/base/bytes.c
// OBJECT_BITS: 9
// MUTANT: src/x509/crls.c s/key->len != PTN_KEY_DIGEST_BYTES/key->len == 0/
#include "proof.h"

#include "x509/crls.c"

void harness(void)
{
    struct ptn_listed_crl list;
    struct patina_digest key;
    unsigned before = list.memo.state;
    ptn_crl_note_good(&list, &key);
    if (list.memo.state != before) {
        PTN_REACH("noted");
        CLAIM(before == MEMO_EMPTY && list.memo.state == MEMO_THERE, "by the first alone");
    } else {
        PTN_REACH("left as it was");
    }
}

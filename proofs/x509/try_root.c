// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: try_root
// REPLACE: is_the_leaf note_leaf_as_root is_usable_issuer check_links check_statuses note_links
// OBJECT_BITS: 9
// CBMC: --no-array-field-sensitivity
// COVERS: is_final
// MUTANT: src/x509/path.c s/PTN_REQUIRE(is_usable_issuer(s, root, -1, true), .*;/note_links(s, root);/
#include "proof.h"

#include "x509/path.c"

#include "x509/any_search.h"

int patina_err_class(patina_err e)
{
    (void)e;
    return any_bool() ? PATINA_CLASS_CERTIFICATE : any_int();
}

void harness(void)
{
    ANY_SEARCH(s, q);
    const struct ptn_cert root = any_cert();
    bool stop = false;
    patina_err err = try_root(&s, &root, &stop);
    if (err == PATINA_OK) {
        PTN_REACH("a path");
    } else if (stop) {
        PTN_REACH("the end of the search");
    } else {
        PTN_REACH("not this one");
    }
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Judges cases by patina, profile PRIVATE: the roots are the caller's, as with the other judges.
#include "cases.h"
#include "patina/patina.h"
#include "patina/provider_openssl.h"

#include <stdio.h>

static patina_err judge(const struct patina_provider *p, const struct test_case *c)
{
    const patina_span root = {c->root.bytes, c->root.len};
    const patina_span chain[2] = {{c->leaf.bytes, c->leaf.len},
                                  {c->intermediate.bytes, c->intermediate.len}};
    struct patina_verify_input in = PATINA_VERIFY_INPUT_INIT;
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    struct patina_roots *roots = NULL;
    struct patina_verifier *v = NULL;
    patina_err err = patina_roots_from_der(&root, 1, NULL, &roots);
    if (err != PATINA_OK) {
        return err;
    }
    o.provider = p;
    o.roots = roots;
    err = patina_verifier_new(&o, &v);
    if (err == PATINA_OK) {
        in.chain = chain;
        in.chain_count = 2;
        in.name = patina_span_str(CASE_NAME);
        in.now_s = CASE_NOW;
        err = patina_verifier_judge(v, &in, NULL, NULL);
    }
    patina_verifier_unref(v);
    patina_roots_unref(roots);
    return err;
}

int main(void)
{
    static struct test_case c;
    const struct patina_provider *p = NULL;
    if (patina_openssl_new(NULL, &p) != PATINA_OK) {
        (void)fprintf(stderr, "no provider\n");
        return 1;
    }
    while (case_read(&c)) {
        patina_err err = judge(p, &c);
        case_verdict(&c, err == PATINA_OK, patina_err_name(err));
    }
    patina_provider_unref(p);
    return 0;
}

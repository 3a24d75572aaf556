// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Judges cases by libcrypto's X509_verify_cert, for a server of this name; once as it is, and with
// "strict" as argument by X509_V_FLAG_X509_STRICT.
#include "cases.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdio.h>

// NULL when it is not DER of a certificate to the last byte.
static X509 *parse(const struct case_der *der)
{
    const unsigned char *p = der->bytes;
    X509 *x = d2i_X509(NULL, &p, (long)der->len);
    if (x != NULL && p != der->bytes + der->len) {
        X509_free(x);
        x = NULL;
    }
    return x;
}

static void judge_parsed(const struct test_case *c, X509 *root, X509 *leaf, X509 *intermediate,
                         bool strict)
{
    X509_STORE *store = X509_STORE_new();
    STACK_OF(X509) *rest = sk_X509_new_null();
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    bool set_up = store != NULL && rest != NULL && ctx != NULL &&
                  X509_STORE_add_cert(store, root) == 1 && sk_X509_push(rest, intermediate) == 1 &&
                  X509_STORE_CTX_init(ctx, store, leaf, rest) == 1 &&
                  X509_STORE_CTX_set_default(ctx, "ssl_server") == 1;
    if (set_up) {
        X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(ctx);
        X509_VERIFY_PARAM_set_time(param, CASE_NOW);
        (void)X509_VERIFY_PARAM_set1_host(param, CASE_NAME, 0);
        X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
        if (strict) {
            (void)X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_X509_STRICT);
        }
        bool good = X509_verify_cert(ctx) == 1;
        int why = X509_STORE_CTX_get_error(ctx);
        case_verdict(c, good, X509_verify_cert_error_string(why));
    } else {
        case_verdict(c, false, "set-up");
    }
    X509_STORE_CTX_free(ctx);
    sk_X509_free(rest);
    X509_STORE_free(store);
}

int main(int argc, char **argv)
{
    static struct test_case c;
    (void)argv;
    while (case_read(&c)) {
        X509 *root = parse(&c.root);
        X509 *leaf = parse(&c.leaf);
        X509 *intermediate = parse(&c.intermediate);
        if (root == NULL || leaf == NULL || intermediate == NULL) {
            case_verdict(&c, false, "parse");
        } else {
            judge_parsed(&c, root, leaf, intermediate, argc > 1);
        }
        X509_free(root);
        X509_free(leaf);
        X509_free(intermediate);
        ERR_clear_error();
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Judges cases by GnuTLS: a trust list, the server's name, serverAuth, the time of the cases.
#include "cases.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

static time_t the_time(time_t *t)
{
    if (t != NULL) {
        *t = (time_t)CASE_NOW;
    }
    return (time_t)CASE_NOW;
}

static bool parse(const struct case_der *der, gnutls_x509_crt_t *out)
{
    static unsigned char copy[sizeof der->bytes];
    memcpy(copy, der->bytes, der->len);
    const gnutls_datum_t datum = {copy, (unsigned)der->len};
    return gnutls_x509_crt_init(out) == 0 &&
           gnutls_x509_crt_import(*out, &datum, GNUTLS_X509_FMT_DER) == 0;
}

static void judge(const struct test_case *c, gnutls_x509_crt_t root, gnutls_x509_crt_t *chain)
{
    static char name[] = CASE_NAME;
    static char purpose[] = GNUTLS_KP_TLS_WWW_SERVER;
    gnutls_x509_trust_list_t list = NULL;
    gnutls_typed_vdata_st data[2] = {
        {.type = GNUTLS_DT_DNS_HOSTNAME, .data = (unsigned char *)name},
        {.type = GNUTLS_DT_KEY_PURPOSE_OID, .data = (unsigned char *)purpose}};
    unsigned status = 0;
    char reason[32];
    bool good = gnutls_x509_trust_list_init(&list, 0) == 0 &&
                gnutls_x509_trust_list_add_cas(list, &root, 1, 0) == 1 &&
                gnutls_x509_trust_list_verify_crt2(list, chain, 2, data, 2, 0, &status, NULL) == 0;
    (void)snprintf(reason, sizeof reason, "status-%x", status);
    case_verdict(c, good && status == 0, good ? reason : "set-up");
    gnutls_x509_trust_list_deinit(list, 0);
}

int main(void)
{
    static struct test_case c;
    gnutls_global_set_time_function(the_time);
    while (case_read(&c)) {
        gnutls_x509_crt_t root = NULL;
        gnutls_x509_crt_t chain[2] = {NULL, NULL};
        if (parse(&c.root, &root) && parse(&c.leaf, &chain[0]) &&
            parse(&c.intermediate, &chain[1])) {
            judge(&c, root, chain);
        } else {
            case_verdict(&c, false, "parse");
        }
        gnutls_x509_crt_deinit(root);
        gnutls_x509_crt_deinit(chain[0]);
        gnutls_x509_crt_deinit(chain[1]);
    }
    return 0;
}

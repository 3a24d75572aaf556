// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Names: up to the first line end what a caller asks for, behind it what a certificate presents:
// matched as subjectAltName, written as text, laid under itself as name constraints. A SEQUENCE in
// it ends the constraints, and is the Name and holds the GeneralNames that are laid under them.
#include "fuzz.h"

#include "base/limits.h"
#include "x509/cert.h"
#include "x509/constraints.h"
#include "x509/der.h"
#include "x509/dn.h"
#include "x509/name.h"

#include <string.h>

static void check_name(patina_span text, const struct ptn_cert *cert)
{
    struct ptn_server_name name;
    size_t budget = PTN_MAX_NAME_COMPARISONS;
    patina_err err = ptn_server_name_parse(text, &name);
    MUST(err == PATINA_OK || err == PATINA_ERR_BAD_SERVER_NAME);
    MUST(!ptn_is_dns_name(text) || (err == PATINA_OK && name.kind == PTN_NAME_DNS));
    if (err != PATINA_OK) {
        return;
    }
    MUST((name.kind != PTN_NAME_IP) == (name.text.len != 0));
    MUST(name.kind != PTN_NAME_IP || name.ip_len == 4 || name.ip_len == 16);
    err = ptn_cert_match_name(cert, &name, &budget);
    MUST(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_CERTIFICATE);
    if (name.kind == PTN_NAME_IP) {
        // Written and read again an address is the same.
        char again[64];
        struct ptn_server_name second;
        struct ptn_text t = PTN_TEXT_OF(again);
        ptn_text_ip(&t, ptn_span_first(PTN_SPAN_OF(name.ip), name.ip_len));
        MUST(ptn_server_name_parse(ptn_span_of_string(again), &second) == PATINA_OK);
        MUST(second.ip_len == name.ip_len && memcmp(second.ip, name.ip, sizeof name.ip) == 0);
    }
}

static void check_constraints(patina_span rest, struct ptn_cert *cert)
{
    size_t budget = PTN_MAX_NAME_COMPARISONS;
    uint8_t tag = 0;
    patina_span name;
    struct ptn_reader r = ptn_reader_of(rest);
    while (ptn_der_read_any(&r, &tag, &name)) {
        if (tag == PTN_DER_SEQUENCE) {
            size_t header = name.len < 0x80 ? 2 : name.len < 0x100 ? 3 : name.len < 0x10000 ? 4 : 5;
            size_t at = ptn_reader_position(&r) - name.len - header;
            cert->ext.san = name;
            cert->subject = ptn_span_part(rest, at, header + name.len);
            rest = ptn_span_first(rest, at);
            break;
        }
    }
    patina_err err = ptn_constraints_check(rest, cert, &budget, &tag, &name);
    MUST(err == PATINA_OK || patina_err_class(err) == PATINA_CLASS_CERTIFICATE);
    MUST((tag == 0) == (err != PATINA_ERR_CERT_NAME_CONSTRAINT));
    use_span(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    patina_span all = {data, size};
    size_t end = 0;
    while (end < size && data[end] != '\n') {
        end++;
    }
    patina_span rest = ptn_span_skip(all, end == size ? size : end + 1);
    struct ptn_cert cert = {.ext.san = rest, .subject = rest};
    check_name(ptn_span_first(all, end), &cert);

    char text[200];
    struct ptn_text t = PTN_TEXT_OF(text);
    ptn_dn_text(rest, &t);
    ptn_text_add(&t, " ");
    ptn_dn_short_text(rest, &t);
    ptn_text_untrusted(&t, rest);
    ptn_text_mark_cut(&t);
    MUST(memchr(text, 0, sizeof text) != NULL && strpbrk(text, "\x1b\n\r\t\x7f") == NULL);

    check_constraints(rest, &cert);
    return 0;
}

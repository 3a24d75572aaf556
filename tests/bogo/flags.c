// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The runner's flags. One table; a flag that is not in it, or that asks for what TLS 1.3 without
// sessions and client certificates does not have, is answered with exit status 89. Test names are
// never looked at: they do not even reach the shim.
#include "shim.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum flag_kind {
    FLAG_BOOL,    // no value
    FLAG_NUMBER,  // an int
    FLAG_TEXT,    // a string, borrowed from argv
    FLAG_LIST,    // a code point, may be repeated
    FLAG_NOTHING, // no value and nothing to do: see the comment at the row
    FLAG_SPECIAL  // in `parse_special`
};

struct flag_row {
    const char *name;
    enum flag_kind kind;
    size_t offset; // of the member in struct shim_flags
};

#define MEMBER(m) offsetof(struct shim_flags, m)

static const struct flag_row rows[] = {
    {"-server", FLAG_BOOL, MEMBER(server)},
    {"-ipv6", FLAG_BOOL, MEMBER(ipv6)},
    {"-async", FLAG_BOOL, MEMBER(async)},
    {"-implicit-handshake", FLAG_BOOL, MEMBER(implicit_handshake)},
    {"-shim-writes-first", FLAG_BOOL, MEMBER(shim_writes_first)},
    {"-shim-shuts-down", FLAG_BOOL, MEMBER(shim_shuts_down)},
    {"-check-close-notify", FLAG_BOOL, MEMBER(check_close_notify)},
    {"-read-with-unfinished-write", FLAG_BOOL, MEMBER(read_with_unfinished_write)},
    {"-no-op-extra-handshake", FLAG_BOOL, MEMBER(no_op_extra_handshake)},
    {"-send-alert", FLAG_BOOL, MEMBER(send_alert)},
    {"-key-update", FLAG_BOOL, MEMBER(key_update)},
    {"-key-update-before-read", FLAG_BOOL, MEMBER(key_update_before_read)},
    {"-verify-fail", FLAG_BOOL, MEMBER(verify_fail)},
    {"-use-custom-verify-callback", FLAG_BOOL, MEMBER(use_custom_verify_callback)},
    {"-fail-cert-callback", FLAG_BOOL, MEMBER(fail_cert_callback)},
    {"-fail-early-callback", FLAG_BOOL, MEMBER(fail_early_callback)},
    {"-server-preference", FLAG_BOOL, MEMBER(server_preference)},
    {"-reject-alpn", FLAG_BOOL, MEMBER(reject_alpn)},
    {"-select-empty-alpn", FLAG_BOOL, MEMBER(select_empty_alpn)},
    {"-use-export-context", FLAG_BOOL, MEMBER(use_export_context)},
    {"-expect-hrr", FLAG_BOOL, MEMBER(expect_hrr)},
    {"-expect-no-hrr", FLAG_BOOL, MEMBER(expect_no_hrr)},
    {"-expect-extended-master-secret", FLAG_BOOL, MEMBER(expect_tls13_property)},
    {"-expect-secure-renegotiation", FLAG_BOOL, MEMBER(expect_tls13_property)},
    {"-port", FLAG_NUMBER, MEMBER(port)},
    {"-export-keying-material", FLAG_NUMBER, MEMBER(export_length)},
    {"-read-size", FLAG_NUMBER, MEMBER(read_size)},
    {"-max-send-fragment", FLAG_NUMBER, MEMBER(max_fragment)},
    {"-max-cert-list", FLAG_NUMBER, MEMBER(max_cert_list)},
    {"-expect-version", FLAG_NUMBER, MEMBER(expect_version)},
    {"-expect-curve-id", FLAG_NUMBER, MEMBER(expect_group)},
    {"-expect-peer-signature-algorithm", FLAG_NUMBER, MEMBER(expect_scheme)},
    {"-expect-cipher-aes", FLAG_NUMBER, MEMBER(expect_cipher_aes)},
    {"-expect-cipher-no-aes", FLAG_NUMBER, MEMBER(expect_cipher_no_aes)},
    {"-export-label", FLAG_TEXT, MEMBER(export_label)},
    {"-export-context", FLAG_TEXT, MEMBER(export_context)},
    {"-host-name", FLAG_TEXT, MEMBER(host_name)},
    {"-advertise-alpn", FLAG_TEXT, MEMBER(advertise_alpn)},
    {"-select-alpn", FLAG_TEXT, MEMBER(select_alpn)},
    {"-expect-alpn", FLAG_TEXT, MEMBER(expect_alpn)},
    {"-expect-advertised-alpn", FLAG_TEXT, MEMBER(expect_advertised_alpn)},
    {"-expect-server-name", FLAG_TEXT, MEMBER(expect_server_name)},
    {"-enable-ocsp-stapling", FLAG_BOOL, MEMBER(enable_ocsp_stapling)},
    {"-enable-signed-cert-timestamps", FLAG_BOOL, MEMBER(enable_scts)},
    {"-use-ocsp-callback", FLAG_BOOL, MEMBER(use_ocsp_callback)},
    {"-set-ocsp-in-callback", FLAG_BOOL, MEMBER(set_ocsp_in_callback)},
    {"-decline-ocsp-callback", FLAG_BOOL, MEMBER(decline_ocsp_callback)},
    {"-fail-ocsp-callback", FLAG_BOOL, MEMBER(fail_ocsp_callback)},
    {"-expect-ocsp-response", FLAG_TEXT, MEMBER(expect_ocsp_response)},
    {"-expect-signed-cert-timestamps", FLAG_TEXT, MEMBER(expect_scts)},
    // Ours, from tests/bogo/run: through -shim-extra-flags, and to ask what the provider has.
    {"-patina-provider", FLAG_TEXT, MEMBER(provider)},
    {"-patina-can", FLAG_NUMBER, MEMBER(can_group)},
    {"-curves", FLAG_LIST, MEMBER(groups)},
    {"-key-shares", FLAG_LIST, MEMBER(key_shares)},
    {"-verify-prefs", FLAG_LIST, MEMBER(verify_schemes)},
    {"-expect-peer-verify-pref", FLAG_LIST, MEMBER(expect_peer_schemes)},
    // The versions patina does not speak are off already.
    {"-no-tls1", FLAG_NOTHING, 0},
    {"-no-tls11", FLAG_NOTHING, 0},
    {"-no-tls12", FLAG_NOTHING, 0},
    // keyUsage is always enforced: there is nothing to switch off, and the tests with this flag
    // want just that of TLS 1.3.
    {"-ignore-rsa-key-usage", FLAG_NOTHING, 0},
    // A protocol that was not offered is always refused (RFC 7301 §3.2).
    {"-allow-unknown-alpn-protos", FLAG_NOTHING, 0},
    {"-shim-id", FLAG_SPECIAL, 0},
    {"-min-version", FLAG_SPECIAL, 0},
    {"-max-version", FLAG_SPECIAL, 0},
    {"-no-key-shares", FLAG_SPECIAL, 0},
    {"-new-x509-credential", FLAG_SPECIAL, 0},
    {"-cert-file", FLAG_SPECIAL, 0},
    {"-key-file", FLAG_SPECIAL, 0},
    {"-signing-prefs", FLAG_SPECIAL, 0},
    {"-ocsp-response", FLAG_SPECIAL, 0},
    {"-signed-cert-timestamps", FLAG_SPECIAL, 0},
    {"-expect-selected-credential", FLAG_SPECIAL, 0},
    {"-expect-early-data-reason", FLAG_SPECIAL, 0},
    {"-trust-cert", FLAG_SPECIAL, 0},
    {"-verify-peer", FLAG_SPECIAL, 0},
};

static int unimplemented(const char *what)
{
    fprintf(stderr, "unimplemented: %s\n", what);
    return SHIM_UNIMPLEMENTED;
}

static int add_code_point(struct shim_list *list, const char *text)
{
    if (list->count == SHIM_LIST_MAX) {
        return unimplemented("a longer list");
    }
    list->items[list->count++] = (uint16_t)atoi(text);
    list->given = true;
    return SHIM_OK;
}

static int parse_credential(struct shim_flags *f, const char *name, const char *value)
{
    struct shim_credential_flags *c = &f->credentials[f->credentials_count - 1];
    if (strcmp(name, "-new-x509-credential") == 0) {
        if (f->credentials_count == SHIM_CREDENTIALS_MAX) {
            return unimplemented("more credentials");
        }
        f->credentials_count++;
        return SHIM_OK;
    }
    if (strcmp(name, "-cert-file") == 0) {
        c->cert_file = value;
    } else if (strcmp(name, "-key-file") == 0) {
        c->key_file = value;
    } else if (strcmp(name, "-ocsp-response") == 0) {
        c->ocsp_response = value;
    } else if (strcmp(name, "-signed-cert-timestamps") == 0) {
        c->sct_list = value;
    } else {
        return add_code_point(&c->schemes, value);
    }
    return SHIM_OK;
}

static int parse_special(struct shim_flags *f, const char *name, const char *value)
{
    if (strcmp(name, "-shim-id") == 0) {
        f->shim_id = strtoull(value, NULL, 10);
        f->has_shim_id = true;
    } else if (strcmp(name, "-min-version") == 0) {
        return atoi(value) <= 0x0304 ? SHIM_OK : unimplemented(name);
    } else if (strcmp(name, "-max-version") == 0) {
        return atoi(value) >= 0x0304 ? SHIM_OK : unimplemented("TLS 1.2 and older");
    } else if (strcmp(name, "-no-key-shares") == 0) {
        f->key_shares.given = true;
    } else if (strcmp(name, "-expect-selected-credential") == 0) {
        f->has_expect_selected = true;
        f->expect_selected = atoi(value);
    } else if (strcmp(name, "-expect-early-data-reason") == 0) {
        // Early data comes with sessions: the reason can only be that it is off.
        return strcmp(value, "disabled") == 0 ? SHIM_OK : unimplemented(name);
    } else if (strcmp(name, "-trust-cert") == 0) {
        // Chains are judged by a callback, as in BoringSSL's own shim.
    } else if (strcmp(name, "-verify-peer") == 0) {
        // A client always verifies; what a server would verify are client certificates.
        return f->server ? unimplemented("client certificates") : SHIM_OK;
    } else {
        return parse_credential(f, name, value);
    }
    return SHIM_OK;
}

static bool takes_value(const struct flag_row *row)
{
    switch (row->kind) {
    case FLAG_BOOL:
    case FLAG_NOTHING:
        return false;
    case FLAG_NUMBER:
    case FLAG_TEXT:
    case FLAG_LIST:
        return true;
    case FLAG_SPECIAL:
        break;
    }
    return strcmp(row->name, "-no-key-shares") != 0 &&
           strcmp(row->name, "-new-x509-credential") != 0 && strcmp(row->name, "-verify-peer") != 0;
}

static const struct flag_row *find_row(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

static int parse_one(struct shim_flags *f, const struct flag_row *row, char *value)
{
    char *member = (char *)f + row->offset;
    switch (row->kind) {
    case FLAG_BOOL:
        *(bool *)(void *)member = true;
        break;
    case FLAG_NUMBER:
        *(int *)(void *)member = atoi(value);
        break;
    case FLAG_TEXT:
        *(const char **)(void *)member = value;
        break;
    case FLAG_LIST:
        return add_code_point((struct shim_list *)(void *)member, value);
    case FLAG_NOTHING:
        break;
    case FLAG_SPECIAL:
        return parse_special(f, row->name, value);
    }
    return SHIM_OK;
}

// The groups of this library; the provider may have fewer, which setup finds out.
static bool is_known_group(uint16_t group)
{
    return group == 0x11ec || group == 29 || group == 23 || group == 24;
}

// The signature schemes of TLS 1.3 that this library has, and RSA PKCS#1, which it has for
// certificates.
static bool has_unknown_scheme(const struct shim_list *list)
{
    static const uint16_t known[] = {0x0401, 0x0501, 0x0601, 0x0403, 0x0503,
                                     0x0603, 0x0804, 0x0805, 0x0806, 0x0807};
    for (size_t i = 0; i < list->count; i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
            found = found || known[k] == list->items[i];
        }
        if (!found) {
            return true;
        }
    }
    return false;
}

static int check_together(const struct shim_flags *f)
{
    for (size_t i = 0; i < f->groups.count; i++) {
        if (!is_known_group(f->groups.items[i])) {
            return unimplemented("a group");
        }
    }
    for (size_t i = 0; i < f->credentials_count; i++) {
        if (has_unknown_scheme(&f->credentials[i].schemes)) {
            return unimplemented("a signature scheme");
        }
    }
    if (has_unknown_scheme(&f->verify_schemes)) {
        return unimplemented("a signature scheme");
    }
    if (!f->server && (f->credentials_count > 1 || f->credentials[0].cert_file != NULL)) {
        return unimplemented("client certificates");
    }
    if (!f->server && f->fail_cert_callback) {
        return unimplemented("client certificates");
    }
    return SHIM_OK;
}

int shim_flags_parse(int argc, char **argv, struct shim_flags *out)
{
    memset(out, 0, sizeof *out);
    out->credentials_count = 1;
    out->expect_selected = -2;
    for (int i = 1; i < argc; i++) {
        const struct flag_row *row = find_row(argv[i]);
        if (row == NULL) {
            return unimplemented(argv[i]);
        }
        char *value = NULL;
        if (takes_value(row)) {
            if (i + 1 == argc) {
                fprintf(stderr, "%s without a value\n", argv[i]);
                return SHIM_FAILED;
            }
            value = argv[++i];
        }
        int status = parse_one(out, row, value);
        if (status != SHIM_OK) {
            return status;
        }
    }
    return check_together(out);
}

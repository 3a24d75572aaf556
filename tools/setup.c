// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// From words of the command line to the library's objects: providers, algorithm lists, trust.
// Called by connect.c, serve.c and doctor.c.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tool.h"

#ifdef PATINA_TOOL_AWSLC
#include "patina/provider_awslc.h"
#endif
#ifdef PATINA_TOOL_OPENSSL
#include "patina/provider_openssl.h"
#endif

const struct patina_provider *provider_by_name(const char *name)
{
    const struct patina_provider *provider = NULL;
    bool any = name == NULL;
    (void)any;
#ifdef PATINA_TOOL_AWSLC
    if (any || strcmp(name, "awslc") == 0 || strcmp(name, "aws-lc") == 0) {
        return patina_awslc();
    }
#endif
#ifdef PATINA_TOOL_OPENSSL
    if ((any || strcmp(name, "openssl") == 0) && patina_openssl_new(NULL, &provider) != PATINA_OK) {
        provider = NULL;
    }
#endif
    return provider;
}

const char *provider_name(const struct patina_provider *provider)
{
    return strcmp(provider->name, "aws-lc") == 0 ? "awslc" : provider->name;
}

void provider_warm_up(const struct patina_provider *provider)
{
    uint8_t byte[1];
    patina_err e = provider->random(provider, (patina_mspan){byte, sizeof(byte)});
    (void)e; // what cannot be had now is asked for again, and reported, in the handshake
}

// ---- Names of algorithms.

struct short_name {
    const char *name;
    uint16_t id;
};

// Numbers of the IANA registries that the library may know; their long names are the library's.
static const struct short_name suite_names[] = {
    {"aes128", 0x1301},
    {"aes256", 0x1302},
    {"chacha20", 0x1303},
};
static const struct short_name group_names[] = {
    {"x25519mlkem768", 0x11ec},
    {"secp256r1mlkem768", 0x11eb},
    {"secp384r1mlkem1024", 0x11ed},
    {"x25519", 0x001d},
    {"p256", 0x0017},
    {"p384", 0x0018},
    {"p521", 0x0019},
    {"p-256", 0x0017},
    {"p-384", 0x0018},
    {"p-521", 0x0019},
};

bool group_is_post_quantum(uint16_t group)
{
    return group >= 0x11eb && group <= 0x11ed;
}

static bool find_code(const char *word, const struct short_name *names, size_t count,
                      const char *(*long_name)(uint16_t), uint16_t *out)
{
    if (strncasecmp(word, "0x", 2) == 0) {
        char *end = NULL;
        unsigned long n = strtoul(word, &end, 16);
        *out = (uint16_t)n;
        return *end == '\0' && n > 0 && n <= UINT16_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(word, names[i].name) == 0 || strcasecmp(word, long_name(names[i].id)) == 0) {
            *out = names[i].id;
            return true;
        }
    }
    return false;
}

static bool parse_codes(const char *text, const struct short_name *names, size_t count,
                        const char *(*long_name)(uint16_t), struct codes *out, char bad[64])
{
    *out = (struct codes){0};
    for (;;) {
        size_t len = strcspn(text, ",:");
        snprintf(bad, 64, "%.*s", len < 63 ? (int)len : 63, text);
        uint16_t id = 0;
        if (out->count == CODES_MAX || !find_code(bad, names, count, long_name, &id)) {
            return false;
        }
        out->list[out->count++] = id;
        if (text[len] == '\0') {
            return true;
        }
        text += len + 1;
    }
}

bool parse_suites(const char *text, struct codes *out, char bad[64])
{
    return parse_codes(text, suite_names, sizeof(suite_names) / sizeof(suite_names[0]),
                       patina_suite_name, out, bad);
}

bool parse_groups(const char *text, struct codes *out, char bad[64])
{
    return parse_codes(text, group_names, sizeof(group_names) / sizeof(group_names[0]),
                       patina_group_name, out, bad);
}

bool parse_protocols(char *text, patina_span list[PROTOCOLS_MAX], size_t *out_count)
{
    *out_count = 0;
    for (;;) {
        size_t len = strcspn(text, ",");
        if (len == 0 || len > 255 || *out_count == PROTOCOLS_MAX) {
            return false;
        }
        list[(*out_count)++] = (patina_span){(const uint8_t *)text, len};
        if (text[len] == '\0') {
            return true;
        }
        text += len + 1;
    }
}

// ---- Trust.

// Text with blocks: one that is broken refuses the file, for nobody knows what it was to be.
static struct patina_roots *roots_of_text(const struct ui *ui, const char *cafile, patina_span text,
                                          char *why, size_t why_cap)
{
    struct patina_roots *roots = NULL;
    struct patina_roots_refused refused;
    patina_err e = patina_roots_from_pem(text, NULL, &roots, &refused);
    bool broken = refused.err == PATINA_ERR_BAD_PEM || refused.err == PATINA_ERR_CERT_ENCODING;
    bool told = refused.err != PATINA_OK && (e == PATINA_OK || e == PATINA_ERR_NO_ROOTS);
    if (!told) {
        snprintf(why, why_cap, "%s: %s", cafile, patina_err_text(e));
        return roots;
    }
    snprintf(why, why_cap, "%s, line %llu: %s", cafile, (unsigned long long)refused.line,
             patina_err_text(refused.err));
    if (e == PATINA_OK && broken) {
        patina_roots_unref(roots);
        return NULL;
    }
    if (e == PATINA_OK && ui != NULL) {
        ui_warn(ui, "%s; %zu certificate%s of this file passed over", why, refused.count,
                refused.count == 1 ? " is" : "s are");
    }
    return roots;
}

struct patina_roots *roots_load(const struct ui *ui, const char *cafile, char *why, size_t why_cap)
{
    struct patina_roots *roots = NULL;
    patina_err e = PATINA_OK;
    if (cafile == NULL) {
        e = patina_roots_system(NULL, &roots, NULL);
        snprintf(why, why_cap, "the system's store of root certificates cannot be used: %s",
                 patina_err_text(e));
        return roots;
    }
    size_t len = 0;
    char *pem = file_read(cafile, &len);
    if (pem == NULL) {
        snprintf(why, why_cap, "%s: %s", cafile, strerror(errno));
        return NULL;
    }
    patina_span bytes = {(const uint8_t *)pem, len};
    if (len > 0 && bytes.ptr[0] == 0x30) {
        e = patina_roots_from_der(&bytes, 1, NULL, &roots);
        snprintf(why, why_cap, "%s: %s", cafile, patina_err_text(e));
    } else {
        roots = roots_of_text(ui, cafile, bytes, why, why_cap);
    }
    free(pem);
    return roots;
}

patina_err verifier_for(const struct ui *ui, const struct patina_provider *provider,
                        const char *cafile, struct patina_verifier **out, char *why, size_t why_cap)
{
    *out = NULL;
    if (cafile == NULL) {
        patina_err e = patina_verifier_platform(provider, NULL, out);
        snprintf(why, why_cap, "the system's store of root certificates cannot be used: %s",
                 patina_err_text(e));
        return e;
    }
    struct patina_roots *roots = roots_load(ui, cafile, why, why_cap);
    if (roots == NULL) {
        return PATINA_ERR_NO_ROOTS;
    }
    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    o.profile = PATINA_PROFILE_PRIVATE;
    o.provider = provider;
    o.roots = roots;
    patina_err e = patina_verifier_new(&o, out);
    patina_roots_unref(roots);
    snprintf(why, why_cap, "%s: %s", cafile, patina_err_text(e));
    return e;
}

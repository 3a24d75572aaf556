// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What every example needs and none is about: a file in memory, an error and out.
#ifndef EXAMPLES_FILES_H
#define EXAMPLES_FILES_H

#include <stdio.h>
#include <stdlib.h>

#include <patina/patina.h>

static inline void check(patina_err e, const char *what)
{
    if (e != PATINA_OK) {
        fprintf(stderr, "%s: %s\n", what, patina_err_text(e));
        exit(1);
    }
}

// The whole file; the caller frees `ptr`. Small files: certificates and keys.
static inline patina_mspan read_file(const char *path)
{
    const size_t cap = 1 << 20;
    patina_mspan out = {malloc(cap), 0};
    FILE *f = fopen(path, "rb");
    if (f == NULL || out.ptr == NULL) {
        perror(path);
        exit(1);
    }
    out.len = fread(out.ptr, 1, cap, f);
    fclose(f);
    return out;
}

static inline patina_span span_of(patina_mspan m)
{
    return (patina_span){m.ptr, m.len};
}

// A client's config that trusts the roots of a PEM file.
static inline struct patina_client_config *client_config(const struct patina_provider *provider,
                                                         const char *cafile)
{
    struct patina_verifier_options vo = PATINA_VERIFIER_OPTIONS_INIT;
    struct patina_client_options o = PATINA_CLIENT_OPTIONS_INIT;
    struct patina_client_config *cfg = NULL;
    struct patina_roots *roots = NULL;
    struct patina_verifier *verifier = NULL;
    patina_mspan pem = read_file(cafile);
    check(patina_roots_from_pem(span_of(pem), NULL, &roots, NULL), cafile);
    vo.provider = provider;
    vo.roots = roots;
    check(patina_verifier_new(&vo, &verifier), "verifier");
    o.provider = provider;
    o.verifier = verifier;
    o.clock = patina_clock_system();
    check(patina_client_config_new(&o, &cfg, NULL), "config");
    patina_verifier_unref(verifier); // the config holds its own references
    patina_roots_unref(roots);
    free(pem.ptr);
    return cfg;
}

#endif

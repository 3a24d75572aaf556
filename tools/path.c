// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The path a certificate seems to take to a root: by names, key identifiers and signatures, for
// people to look at, also where it leads nowhere. Whether it may be trusted is for the library's
// verifier to say.
#include <string.h>

#include "cert.h"

enum link_state link_check(const struct patina_provider *provider, const struct x509 *child,
                           const struct x509 *issuer)
{
    for (size_t i = 0; i < provider->verify_algs_count; i++) {
        const struct patina_verify_alg *alg = provider->verify_algs[i];
        if (!span_equal(alg->key_alg_id, issuer->key_alg) ||
            !span_equal(alg->sig_alg_id, child->signature_alg)) {
            continue;
        }
        struct patina_public_key *key = NULL;
        if (alg->load(alg, issuer->public_key, &key) != PATINA_OK) {
            return LINK_UNKNOWN; // a key that is too weak, or malformed
        }
        patina_err e = alg->verify(alg, key, &child->tbs, 1, child->signature);
        alg->drop(alg, key);
        return e == PATINA_OK ? LINK_FITS : LINK_BROKEN;
    }
    return LINK_UNKNOWN;
}

// How well one fits as the issuer of another: 0 not at all, by name, better by key identifier.
static unsigned fitness(const struct x509 *child, const struct x509 *issuer)
{
    if (!x509_names_issuer(child, issuer)) {
        return 0;
    }
    patina_span wanted = x509_authority_key_id(child);
    patina_span has = x509_subject_key_id(issuer);
    unsigned points = 1;
    if (wanted.len > 0 && has.len > 0) {
        points += span_equal(wanted, has) ? 2 : 0;
    } else {
        points += 1;
    }
    return points;
}

static bool is_on_path(const struct path *path, const struct cert *cert)
{
    for (size_t i = 0; i < path->count; i++) {
        if (span_equal(path->steps[i].cert->der, cert->der)) {
            return true;
        }
    }
    return false;
}

// The best of the roots; true: it is in `out`.
static bool find_root(const struct patina_roots *roots, const struct patina_provider *provider,
                      const struct cert *child, struct cert *out)
{
    unsigned best = 0;
    size_t count = roots != NULL ? patina_roots_count(roots) : 0;
    for (size_t i = 0; i < count; i++) {
        struct x509 x;
        patina_span der = patina_roots_certificate(roots, i);
        if (!x509_parse(der, &x)) {
            continue;
        }
        unsigned points = fitness(&child->x, &x);
        if (points > 0 && link_check(provider, &child->x, &x) == LINK_FITS) {
            points += 4;
        }
        if (points > best) {
            best = points;
            cert_fill(out, der);
        }
    }
    return best > 0;
}

static const struct cert *find_given(const struct certs *set, const struct path *path,
                                     const struct patina_provider *provider,
                                     const struct cert *child, size_t *out_index)
{
    unsigned best = 0;
    const struct cert *found = NULL;
    for (size_t i = 0; i < set->count; i++) {
        const struct cert *c = &set->list[i];
        if (!c->parsed || is_on_path(path, c)) {
            continue;
        }
        unsigned points = fitness(&child->x, &c->x);
        if (points > 0 && link_check(provider, &child->x, &c->x) == LINK_FITS) {
            points += 4;
        }
        if (points > best) {
            best = points;
            found = c;
            *out_index = i;
        }
    }
    return found;
}

static bool is_root(const struct patina_roots *roots, const struct cert *c)
{
    size_t count = roots != NULL ? patina_roots_count(roots) : 0;
    for (size_t i = 0; i < count; i++) {
        if (span_equal(patina_roots_certificate(roots, i), c->der)) {
            return true;
        }
    }
    return false;
}

void path_build(const struct certs *set, size_t first, const struct patina_roots *roots,
                const struct patina_provider *provider, struct path *out)
{
    *out = (struct path){.count = 1};
    out->steps[0] = (struct path_step){.cert = &set->list[first], .index = first};
    while (out->count < PATH_MAX_CERTS) {
        struct path_step *top = &out->steps[out->count - 1];
        const struct cert *cert = top->cert;
        if (!cert->parsed) {
            return;
        }
        enum link_state self =
            x509_is_self_issued(&cert->x) ? link_check(provider, &cert->x, &cert->x) : LINK_BROKEN;
        out->trusted = is_root(roots, cert);
        if (out->trusted || self == LINK_FITS) {
            top->link = self;
            return;
        }
        struct path_step next = {.index = SIZE_MAX};
        bool in_store = find_root(roots, provider, cert, &out->root);
        const struct cert *given = find_given(set, out, provider, cert, &next.index);
        // A root of the store, unless a given certificate's key fits and the root's does not.
        bool root_fits = in_store && link_check(provider, &cert->x, &out->root.x) != LINK_BROKEN;
        if (in_store && (root_fits || given == NULL)) {
            next = (struct path_step){.cert = &out->root, .index = SIZE_MAX};
        } else if (given != NULL) {
            next.cert = given;
        } else {
            return;
        }
        top->link = link_check(provider, &cert->x, &next.cert->x);
        out->steps[out->count++] = next;
        if (next.cert == &out->root) {
            out->trusted = true;
            return;
        }
    }
}

size_t path_leaf(const struct certs *set)
{
    size_t best = 0;
    unsigned best_points = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct cert *c = &set->list[i];
        if (!c->parsed) {
            continue;
        }
        bool issues = false;
        for (size_t k = 0; k < set->count; k++) {
            issues =
                issues || (k != i && set->list[k].parsed && !span_equal(c->der, set->list[k].der) &&
                           fitness(&set->list[k].x, &c->x) > 0);
        }
        unsigned points = (issues ? 1u : 2u) + (x509_is_ca(&c->x) ? 0u : 2u);
        if (points > best_points) {
            best_points = points;
            best = i;
        }
    }
    return best;
}

// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Path building and validation, RFC 5280 §6: depth first from the leaf over the given intermediates
// to a root; cheap checks first, signatures last and each at most once; budgets on every loop; the
// most specific failure is kept.
#ifndef PTN_X509_PATH_H
#define PTN_X509_PATH_H

#include "base/mem.h"
#include "patina/cert.h"
#include "patina/verify.h"
#include "x509/cert.h"
#include "x509/link_cache.h"
#include "x509/name.h"
#include "x509/revocation.h"

struct ptn_path_request {
    const struct patina_provider *provider;
    const struct patina_roots *roots;
    const patina_span *chain; // DER, leaf first; the rest in any order
    size_t chain_count;
    const struct ptn_server_name *name; // NULL: no name is judged (client certificates)
    int64_t now_s;
    enum patina_purpose purpose;
    patina_span own_eku; // an OID's contents, in place of the purpose's; empty: the purpose's
    enum patina_profile profile;
    size_t max_intermediates;
    struct ptn_revocation revocation;
    struct ptn_link_view links; // signatures found good before
    struct ptn_arena *arena;    // parsed certificates live here
};

// What was found, also on failure: which certificate and rule.
struct ptn_path_result {
    int16_t certificate; // index in the chain, -1: none in particular
    uint16_t rfc;
    char rule[32];                           // section
    char text[180];                          // wanted, found, what would mend it
    size_t signatures, steps, comparisons;   // cost
    int16_t path[PTN_MAX_INTERMEDIATES + 1]; // accepted: indices in the chain, leaf first
    size_t path_count;
    size_t root;                // accepted: the trust anchor's number among the roots
    struct ptn_link_keys links; // accepted: what may be put into the cache once the handshake is
                                // complete
};

patina_err ptn_path_verify(const struct ptn_path_request *request,
                           struct ptn_path_result *out_result)
    PTN_CONTRACT(
        REQUIRES(PATH_QUESTION(request) && SPAN(request->links.server_name))
            REQUIRES(request->chain_count > PTN_MAX_CERTIFICATES ||
                     SPAN_ARRAY(request->chain, request->chain_count, PTN_MAX_CERTIFICATES))
                REQUIRES(WRITABLE(out_result)) ASSIGNS(*out_result)
                    ENSURES(IMPLIES(RESULT == PATINA_OK,
                                    out_result->path_count <= PTN_MAX_INTERMEDIATES + 1 &&
                                        out_result->links.count <= PTN_MAX_INTERMEDIATES + 1)));

#endif

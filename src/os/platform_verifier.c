// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The verifier that does what the system's own programs do: its roots, profile WEB.
#include "base/check.h"
#include "patina/verify.h"

patina_err patina_verifier_platform(const struct patina_provider *provider,
                                    const struct patina_allocator *alloc,
                                    struct patina_verifier **out)
{
    PTN_REQUIRE(out != NULL, PATINA_ERR_MISUSE);
    *out = NULL;
    PTN_REQUIRE(provider != NULL, PATINA_ERR_MISSING_PROVIDER);

    struct patina_verifier_options o = PATINA_VERIFIER_OPTIONS_INIT;
    o.profile = PATINA_PROFILE_WEB;
    o.provider = provider;
    o.alloc = alloc;
    PTN_TRY(patina_roots_system(alloc, &o.roots, NULL));
    patina_err e = patina_verifier_new(&o, out);
    patina_roots_unref(o.roots);
    return e;
}

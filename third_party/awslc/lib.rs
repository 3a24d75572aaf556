// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Empty on purpose: only the build of the dependency is wanted.

#pragma once

#include "attune/state/features.hpp"
#include "state/evidence.hpp"
#include "state/writer.hpp"

namespace attune::state {

/// Features from the evidence of the trailing windows that end at `now`; happenings that ended before the
/// longest window are dropped. What has too little evidence is left missing (docs/features.md says how much
/// it takes).
void compute_features(Evidence& evidence, core::SessionTime now, Features& features);

// Its parts.
void put_eyes(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out);
void put_heart(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out);
void put_skin(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out);
void put_breathing(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out);
void put_warmth(const Evidence& evidence, const Windows& windows, Writer& out);
void put_body(const Windows& windows, Writer& out);
void put_attention(const Evidence& evidence, core::SessionTime now, const Windows& windows, Writer& out);

}  // namespace attune::state

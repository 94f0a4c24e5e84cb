#include "state/compute_features.hpp"

namespace attune::state {
namespace {

void forget(Happenings& happenings, core::SessionTime before) {
  while (!happenings.empty() && happenings.front().end < before) happenings.pop_front();
}

}  // namespace

void compute_features(Evidence& evidence, core::SessionTime now, Features& features) {
  const core::SessionTime oldest{now.ns - static_cast<std::int64_t>(longest_window_s * 1e9)};
  for (auto* list : {&evidence.fixations, &evidence.saccades, &evidence.microsaccades, &evidence.blinks,
                     &evidence.visits, &evidence.skin_tops, &evidence.skin_onsets, &evidence.breaths}) {
    forget(*list, oldest);
  }
  features = {};
  Writer out(features);
  const Windows windows(evidence.steps);
  put_eyes(evidence, now, windows, out);
  put_heart(evidence, now, windows, out);
  put_skin(evidence, now, windows, out);
  put_breathing(evidence, now, windows, out);
  put_warmth(evidence, windows, out);
  put_body(windows, out);
  put_attention(evidence, now, windows, out);
}

}  // namespace attune::state

#include "sim/body_signals.hpp"

#include "attune/sim/random.hpp"
#include "sim/streams.hpp"

namespace attune::sim {

BodySignals::BodySignals(const PatientParameters& patient, std::uint64_t seed)
    : breath_(patient, derived_seed(seed, stream_breath)),
      heart_(patient, derived_seed(seed, stream_heart), derived_seed(seed, stream_heart_sensor)),
      skin_(patient, derived_seed(seed, stream_skin)) {}

void BodySignals::live(double anxiety) {
  if (skin_s() <= heart_.next_s()) {
    skin_.live(skin_s(), anxiety);
    ++skin_ticks_;
  } else {
    heart_.live(anxiety, breath_);
  }
}

telemetry::Vitals BodySignals::read(double now_s) const {
  telemetry::Vitals vitals;
  breath_.read(now_s, vitals);
  heart_.read(now_s, vitals);
  skin_.read(now_s, vitals);
  return vitals;
}

}  // namespace attune::sim

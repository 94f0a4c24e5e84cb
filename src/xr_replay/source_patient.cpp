#include <array>

#include "attune/sim/virtual_patient.hpp"
#include "xr_replay/source.hpp"

namespace attune::xr_replay {
namespace {

constexpr std::int64_t longest_step_ns = 20'000'000;  // how far apart remembered states may lie

/// A virtual patient under the headset. A patient only lives forward, so what was is remembered for a while:
/// programs locate at past times too.
class PatientSource final : public Source {
 public:
  explicit PatientSource(sim::VirtualPatient patient) : patient_(std::move(patient)) { remember(); }

  void advance(core::SessionTime time) override {
    while (patient_.time() < time) {
      patient_.advance_to({std::min(time.ns, patient_.time().ns + longest_step_ns)});
      remember();
    }
  }

  [[nodiscard]] PlayedState at(core::SessionTime time) const override {
    const PlayedState* later = &newest(0);
    if (time >= later->time) return *later;
    for (std::size_t age = 1; age < count_; ++age) {
      const PlayedState& earlier = newest(age);
      if (earlier.time <= time) return between(earlier, *later, time);
      later = &earlier;
    }
    return *later;
  }

  [[nodiscard]] bool recentred(core::SessionTime, core::SessionTime) const override { return false; }
  void show(const telemetry::Stimulus& stimulus) override { patient_.show(stimulus); }
  [[nodiscard]] telemetry::PatientSignals signals(core::SessionTime) override {
    return patient_.take_signals();
  }

 private:
  void remember() {
    PlayedState& state = states_[next_];
    state.time = patient_.time();
    state.head = patient_.head();
    state.hands = patient_.hands();
    state.gaze = patient_.gaze();
    next_ = (next_ + 1) % states_.size();
    count_ = std::min(count_ + 1, states_.size());
  }
  [[nodiscard]] const PlayedState& newest(std::size_t age) const {
    return states_[(next_ + states_.size() - 1 - age) % states_.size()];
  }

  sim::VirtualPatient patient_;
  std::array<PlayedState, 128> states_{};  // more than a second at 90 Hz
  std::size_t next_ = 0, count_ = 0;
};

}  // namespace

core::Result<SourceInfo> patient_source(const std::string& source) {
  const auto parsed = sim::parse_source(source);
  if (!parsed) return parsed.error();
  // Opened once here so that a bad profile is told when the program starts, not when its session does.
  if (const auto patient = sim::VirtualPatient::open(*parsed); !patient) return patient.error();

  SourceInfo info;
  info.name = source;
  info.has_eye_gaze = true;
  info.start = [wanted = *parsed]() -> core::Result<std::unique_ptr<Source>> {
    auto patient = sim::VirtualPatient::open(wanted);
    if (!patient) return patient.error();
    return std::unique_ptr<Source>(std::make_unique<PatientSource>(std::move(*patient)));
  };
  return info;
}

}  // namespace attune::xr_replay

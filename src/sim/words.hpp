#pragma once

#include <cstdint>
#include <limits>
#include <random>

#include "attune/sim/plant.hpp"
#include "attune/telemetry/stimulus.hpp"

namespace attune::sim {

/// What the patient would say now. Each answer adds its own error to the truth and to the person's bias.
/// Source of self-report in subjective units of distress: Wolpe, The Practice of Behavior Therapy (1969).
/// @param options  of a question of kind `choice`.
/// @return in the unit of the kind (telemetry::ReportKind); 0 for `none`.
[[nodiscard]] double answer(telemetry::ReportKind kind, const PlantState& truth,
                            const PatientParameters& patient, std::mt19937_64& random, int options = 0);

/// Hears questions and answers each once, 2 to 6 s after it was asked, unless it is withdrawn before.
class Words {
 public:
  explicit Words(std::uint64_t seed) : random_(seed) {}

  /// What is asked from now on; a question is the same one as long as kind and `asked` stay.
  void hear(const telemetry::Stimulus& stimulus, double now_s);
  /// When the open question will be answered; infinity while there is none.
  [[nodiscard]] double due_s() const { return due_s_; }
  /// The answer that is due. Call at `due_s`, once.
  [[nodiscard]] telemetry::SelfReport speak(const PlantState& truth, const PatientParameters& patient);

 private:
  static constexpr double never = std::numeric_limits<double>::infinity();

  std::mt19937_64 random_;
  telemetry::ReportKind question_ = telemetry::ReportKind::none;
  core::SessionTime asked_{};
  int options_ = 0;
  double due_s_ = never;
};

}  // namespace attune::sim

#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <vector>

#include "attune/sim/virtual_patient.hpp"

/// Virtual patients whose state is known, to test what their sensors make of it.
namespace attune::sim::testing_patients {

/// A person whose anxiety stays at `anxiety`, whatever is shown.
inline PatientParameters held_at(double anxiety) {
  PatientParameters patient;
  patient.x0 = anxiety;
  patient.rho = 0.0;
  patient.relief = 0.0;
  patient.sigma = 0.0;
  return patient;
}

inline telemetry::AoiShape box(telemetry::AoiRole role, glm::vec3 centre_m, glm::vec3 half_m) {
  return {static_cast<std::uint16_t>(role), role, centre_m, half_m};
}

/// Prints a row of the table in docs/virtual_patients.md.
inline void print_row(const char* what, double anxiety, double found, double specified) {
  std::printf("%-36s X %.1f  found %7.3f  specified %7.3f\n", what, anxiety, found, specified);
}

/// Calls `look` at every sample of `seconds` at `rate_hz`.
inline void live(VirtualPatient& patient, double seconds, double rate_hz,
                 const std::function<void(VirtualPatient&)>& look) {
  const double from_s = patient.time().seconds();
  const auto samples = static_cast<long>(std::llround(seconds * rate_hz));
  for (long k = 1; k <= samples; ++k) {
    patient.advance_to(core::at_seconds(from_s + static_cast<double>(k) / rate_hz));
    look(patient);
  }
}

/// Every eye movement of `seconds`, once each.
inline std::vector<EyeMovement> movements(VirtualPatient& patient, double seconds) {
  std::vector<EyeMovement> found;
  live(patient, seconds, 50.0, [&](VirtualPatient& person) {
    const auto& now = person.eye_movement();
    if (now.amplitude_deg > 0.0 && (found.empty() || now.start_s != found.back().start_s))
      found.push_back(now);
  });
  return found;
}

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <typename Item, typename Member>
std::vector<double> each(const std::vector<Item>& items, Member member) {
  std::vector<double> values;
  for (const auto& item : items) values.push_back(std::invoke(member, item));
  return values;
}

inline double rms(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

inline double degrees_between(const glm::vec3& a, const glm::vec3& b) {
  const glm::dvec3 one(a), other(b);
  return glm::degrees(std::atan2(glm::length(glm::cross(one, other)), glm::dot(one, other)));
}

inline glm::vec3 ahead_of(const telemetry::Pose& pose) { return pose.orientation * glm::vec3(0, 0, -1); }

}  // namespace attune::sim::testing_patients

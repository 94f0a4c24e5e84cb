#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "attune/core/time.hpp"
#include "attune/sensors/sensors.hpp"

namespace attune::sensors {

/// Sensors as a session has them: read by a loop of frames on the real clock.
class Listening {
 public:
  explicit Listening(const std::string& config_text) {
    const auto config = Config::parse(config_text, "test.toml");
    if (!config) throw std::runtime_error(config.error().message);
    sensors_ = Sensors::open(*config);
  }

  /// One frame, now.
  void frame() {
    const auto since_ns = monotonic_ns() - began_ns_;
    vitals = {};
    sensors_->read({core::SessionTime{since_ns}, began_ns_ + since_ns}, vitals);
  }
  /// Frames until something is so; false when it has not come about within `limit_s`.
  template <typename Condition>
  bool until(Condition condition, double limit_s = 10.0) {
    const auto end_ns = monotonic_ns() + static_cast<std::int64_t>(limit_s * 1e9);
    do {
      frame();
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    } while (monotonic_ns() < end_ns);
    return false;
  }
  bool until_valid(Stream stream, double limit_s = 10.0) {
    return until([&] { return reading(stream).valid; }, limit_s);
  }
  bool until_fault(Stream stream, Fault fault, double limit_s = 10.0) {
    return until([&] { return sensors_->fault(stream) == fault; }, limit_s);
  }
  /// The first source's state, once it says `part` of a sentence; what it says instead when it does not.
  std::string state_with(const std::string& part, double limit_s = 10.0) {
    (void)until([&] { return state().find(part) != std::string::npos; }, limit_s);
    return state();
  }
  [[nodiscard]] std::string state() const { return sensors_->status().at(0).state; }
  /// The UDP port that the first source listens on.
  std::string port() {
    const auto said = state_with("UDP port ");
    return said.substr(said.rfind(' ') + 1);
  }
  [[nodiscard]] const telemetry::Reading& reading(Stream stream) const { return sensors_->reading(stream); }
  Sensors& operator*() { return *sensors_; }
  Sensors* operator->() { return sensors_.get(); }

  telemetry::Vitals vitals;

  static std::int64_t monotonic_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }

 private:
  std::int64_t began_ns_ = monotonic_ns();
  std::unique_ptr<Sensors> sensors_;
};

}  // namespace attune::sensors

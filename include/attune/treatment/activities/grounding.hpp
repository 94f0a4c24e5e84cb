#pragma once

#include <array>
#include <cstdint>
#include <glm/vec3.hpp>

#include "attune/core/static_vector.hpp"
#include "attune/telemetry/samples.hpp"
#include "attune/treatment/activities/look.hpp"
#include "attune/treatment/practice_plan.hpp"
#include "attune/treatment/practice_result.hpp"

namespace attune::treatment {

/// 5-4-3-2-1: the patient names things seen, touched, heard, smelt, tasted. The gaze is the pointer: resting
/// on a thing, or in a direction, that was not named before by this sense names it; so does pulling a
/// trigger. A sense that takes too long makes way for the next.
class Grounding {
 public:
  explicit Grounding(const GroundingPlan& plan) : plan_(plan) {}

  /// One frame.
  void push(double dt_s, const Look& look, const std::array<telemetry::HandSample, 2>& hands);
  void reset();

  /// The sense that is asked for now, 1 (see) … 5 (taste); 0 when all are done.
  [[nodiscard]] std::uint8_t part() const;
  [[nodiscard]] bool done() const { return sense_ == plan_.counts.size(); }
  /// Of all things to be named, 0..1.
  [[nodiscard]] float share() const;
  [[nodiscard]] const GroundingResult& result() const { return result_; }

 private:
  struct Named {
    bool by_area = false;
    std::uint16_t area = 0;
    glm::vec3 direction{0.0F};
  };
  [[nodiscard]] static bool same(const Named& named, const Look& look);
  [[nodiscard]] bool was_named(const Look& look) const;
  void name(const Named& thing);
  void next_sense();

  GroundingPlan plan_;
  std::size_t sense_ = 0;
  double in_sense_s_ = 0.0, rested_s_ = 0.0;
  Named resting_on_;
  bool resting_ = false;
  core::StaticVector<Named, 9> named_;
  std::array<bool, 2> pulled_{true, true};
  GroundingResult result_;
};

}  // namespace attune::treatment

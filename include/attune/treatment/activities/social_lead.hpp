#pragma once

#include "attune/treatment/activities/look.hpp"
#include "attune/treatment/practice_plan.hpp"
#include "attune/treatment/practice_result.hpp"

namespace attune::treatment {

/// Guides attention to people: leads the gaze of somebody who has looked at nobody for a while, and counts
/// how long somebody was looked at.
class SocialLead {
 public:
  explicit SocialLead(const SocialPlan& plan) : plan_(plan) {}

  /// One frame. @return whether the gaze is to be led to people.
  bool push(double dt_s, const Look& look);
  void reset();
  [[nodiscard]] bool leads() const { return leads_; }
  [[nodiscard]] bool done() const { return result_.looked_s >= plan_.look_s; }
  [[nodiscard]] const SocialResult& result() const { return result_; }

 private:
  SocialPlan plan_;
  double elsewhere_s_ = 0.0;
  bool leads_ = false;
  SocialResult result_;
};

}  // namespace attune::treatment

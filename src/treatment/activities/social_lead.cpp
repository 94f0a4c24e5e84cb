#include "attune/treatment/activities/social_lead.hpp"

namespace attune::treatment {

namespace {

constexpr double looks_up_within_s = 3.0;  // who looks up by themselves need not be led

}  // namespace

bool SocialLead::push(double dt_s, const Look& look) {
  if (look.at(telemetry::AoiRole::social)) {
    result_.looked_s += dt_s;
    elsewhere_s_ = 0.0;
  } else {
    elsewhere_s_ += dt_s;
  }
  leads_ = elsewhere_s_ >= looks_up_within_s;
  return leads_;
}

void SocialLead::reset() {
  elsewhere_s_ = 0.0;
  leads_ = false;
  result_ = {};
}

}  // namespace attune::treatment

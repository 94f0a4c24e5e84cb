#include "attune/treatment/activities/grounding.hpp"

#include <algorithm>
#include <glm/geometric.hpp>
#include <numeric>

namespace attune::treatment {

namespace {

constexpr float pull = 0.6F;
constexpr float apart_cosine = 0.9848F;  // of 10 degrees: closer directions are one thing

}  // namespace

void Grounding::reset() {
  const auto plan = plan_;
  *this = Grounding(plan);
}

std::uint8_t Grounding::part() const { return done() ? 0 : static_cast<std::uint8_t>(sense_ + 1); }

float Grounding::share() const {
  const int all = std::accumulate(plan_.counts.begin(), plan_.counts.end(), 0);
  const int found = std::accumulate(result_.found.begin(), result_.found.end(), 0);
  return static_cast<float>(found) / static_cast<float>(std::max(all, 1));
}

bool Grounding::same(const Named& named, const Look& look) {
  if (look.area) return named.by_area && named.area == *look.area;
  return !named.by_area && glm::dot(named.direction, look.direction) > apart_cosine;
}

bool Grounding::was_named(const Look& look) const {
  return std::any_of(named_.begin(), named_.end(), [&](const Named& named) { return same(named, look); });
}

void Grounding::name(const Named& thing) {
  named_.push_back(thing);
  if (++result_.found[sense_] >= plan_.counts[sense_]) next_sense();
}

void Grounding::next_sense() {
  ++sense_;
  in_sense_s_ = rested_s_ = 0.0;
  resting_ = false;
  named_.clear();
}

void Grounding::push(double dt_s, const Look& look, const std::array<telemetry::HandSample, 2>& hands) {
  bool pulls = false;
  for (std::size_t side = 0; side < hands.size(); ++side) {
    const bool pulled = hands[side].active && hands[side].trigger > pull;
    pulls = pulls || (pulled && !pulled_[side]);
    pulled_[side] = pulled;
  }
  if (done()) return;
  in_sense_s_ += dt_s;
  if (look.known) {
    const bool stays = resting_ && same(resting_on_, look);
    rested_s_ = stays ? rested_s_ + dt_s : 0.0;
    if (!stays) resting_on_ = {look.area.has_value(), look.area.value_or(0), look.direction};
    resting_ = true;
  }
  if (pulls) {
    // Said by hand: what it was is the patient's own affair.
    name({false, 0, glm::vec3(0.0F)});
  } else if (look.known && rested_s_ >= plan_.dwell_s && !was_named(look)) {
    name(resting_on_);
  }
  if (!done() && in_sense_s_ >= plan_.each_limit_s) next_sense();
}

}  // namespace attune::treatment

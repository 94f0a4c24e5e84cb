#include "attune/treatment/governor.hpp"

#include "treatment/govern.hpp"

namespace attune::treatment {

Governor::Governor(const ProgrammeLimits& limits) : limits_(limits) {}

GovernorOutput Governor::step(const GovernorInput& input) {
  return govern<all_rules>(limits_, state_, input);
}

Event event_of(Hold cause) {
  return cause == Hold::therapist_gone ? Event::link_lost : Event::doubt_too_long;
}

}  // namespace attune::treatment

#include "attune/session/therapist.hpp"

namespace attune::session {

bool TherapistLine::send(Act act) {
  act.number = ++sent_;
  const bool at_once = act.stops() && !act.not_before;
  return at_once ? stops_.push(act) : acts_.push(act);
}

}  // namespace attune::session

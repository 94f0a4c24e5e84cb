#include "attune/session/therapist.hpp"

namespace attune::session {

bool TherapistLine::send(Act act) {
  act.number = ++sent_;
  return act.stops() ? stops_.push(act) : acts_.push(act);
}

}  // namespace attune::session

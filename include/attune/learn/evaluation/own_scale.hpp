#pragma once

#include <span>

#include "attune/learn/evaluation/example.hpp"

namespace attune::learn {

/// Every feature minus the person's own mean and divided by the person's own deviation, over all of the
/// person's examples, as papers do: no session could, for it does not know what is still to come. A feature
/// that does not vary within a person is missing for them. The own start is taken away: nothing is left for
/// it to say. Labels play no part.
void standardise_by_person(std::span<Example> examples);

}  // namespace attune::learn

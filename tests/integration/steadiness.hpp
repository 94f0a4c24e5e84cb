#pragma once

#include <gtest/gtest.h>

#include "integration/field.hpp"

namespace attune::test {

// What a headset may do to a session is bounded. Each check says where it is broken first.

/// Exposure moves from frame to frame within the governor's limits.
[[nodiscard]] ::testing::AssertionResult exposure_is_steady(const FieldRecord& record);
/// The belief's mean moves no more than evidence moves it in an undisturbed session.
[[nodiscard]] ::testing::AssertionResult belief_is_steady(const FieldRecord& record);
/// Attention turns no more often than in an undisturbed session, but for two turns.
[[nodiscard]] ::testing::AssertionResult attention_is_steady(const FieldRecord& record);
/// Times of frames rise, and a hole of half a second is named where it ends, unless another was within the
/// second before; those of events never fall.
[[nodiscard]] ::testing::AssertionResult time_goes_forward(const FieldRecord& record);
/// Session time is that of the frames that the patient saw, whatever the runtime's clock says.
[[nodiscard]] ::testing::AssertionResult time_is_that_of_the_frames(const FieldRecord& record);
/// What is recorded as valid can be: positions in a room, orientations of length 1, gaze of no later than
/// now.
[[nodiscard]] ::testing::AssertionResult poses_are_possible(const FieldRecord& record);

}  // namespace attune::test

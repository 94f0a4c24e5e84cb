#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "attune/core/result.hpp"
#include "attune/datasets/visit.hpp"

namespace attune::datasets {

/// One visit to the virtual café (VR-Social-Isolation-Cafe, Apache-2.0), at about 72 Hz.
/// @param source  one person's folder, at any level down to the visit's own, or the same packed
/// (`ID.tar.xz`).
/// @param visit   "W_F", minutes of waiting for the waiter and for the food: "0_0", "0_3", "3_0", "3_3".
///
/// Frames are the rows of Head.csv whose game time has started. Hands and gaze are the nearest rows within 50
/// ms, invalid without one. A pose that does not change in the slightest for 0.25 s is held, not tracked.
/// Gaze points from the head to the hit point; the object hit is the frame's only area of interest, a box of
/// 5 cm to each side of the hit point. A button press, of unknown hand, is the right hand's select for 0.1 s;
/// a grab is that hand's squeeze. Errors (bad input, naming file and row): source or file missing, wrong
/// columns, a value that is no number, no such visit (lists those there), several people, a visit without
/// tracked rows.
[[nodiscard]] core::Result<Visit> read_cafe_visit(const std::filesystem::path& source,
                                                  std::string_view visit);

/// One visit to the queue at a virtual doctor's reception (vr-queue-waiting-dataset, Apache-2.0), at 60 to 72
/// Hz.
/// @param visit  "NO_WAIT", "3_MINUTE_WAIT" or "6_MINUTE_WAIT". Otherwise as `read_cafe_visit`, without
/// buttons.
[[nodiscard]] core::Result<Visit> read_wait_visit(const std::filesystem::path& source,
                                                  std::string_view visit);

/// All visits of one person, in one pass over the source. Errors as above; none there is an error.
[[nodiscard]] core::Result<std::vector<Visit>> read_cafe_person(const std::filesystem::path& source);
[[nodiscard]] core::Result<std::vector<Visit>> read_wait_person(const std::filesystem::path& source);

/// One participant's view of one 60 s video of CEAP-360VR (CC BY-NC 4.0), resampled to 90 Hz.
/// @param folder       holds PNN_head.csv and PNN_fixations.csv.
/// @param participant  "P01"; @param video "V1".."V8".
///
/// The head's direction is interpolated between the 5 Hz means; its place was not measured: `position_valid`
/// is false and `position_m` is (0, 1.6, 0). During a fixation gaze is its mean direction. Between two, gaze
/// stays and then moves along a saccade that ends where the next fixation starts: duration 2.2 ms/deg + 21 ms
/// (Carpenter, Movements of the Eyes, 1988), minimum-jerk profile, all flagged `interpolated`. Before the
/// first and after the last fixation the head stands in. Positive pitch is up (the mean of the set is −4°, as
/// people look down) and positive yaw is right. Errors: as `read_cafe_visit`.
[[nodiscard]] core::Result<Visit> read_ceap_visit(const std::filesystem::path& folder,
                                                  std::string_view participant, std::string_view video);

}  // namespace attune::datasets

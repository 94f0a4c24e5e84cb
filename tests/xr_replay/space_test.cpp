#include <cmath>
#include <numbers>

#include "rig.hpp"

namespace attune::xr_replay::test {
namespace {

constexpr XrSpaceLocationFlags all_flags =
    XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT |
    XR_SPACE_LOCATION_POSITION_TRACKED_BIT | XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;

TEST(Spaces, OfAStillHeadLieWhereTheyShould) {
  const Rig rig;
  const HeadlessSession session(rig);
  const XrTime time = session.frame().predictedDisplayTime;
  const XrSpace view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW);
  const XrSpace local = session.space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  const XrSpace stage = session.space(XR_REFERENCE_SPACE_TYPE_STAGE);
  const auto on_floor = session.locate(view, stage, time);
  EXPECT_EQ(on_floor.locationFlags, all_flags);
  EXPECT_FLOAT_EQ(on_floor.pose.position.y, 1.6F);
  EXPECT_FLOAT_EQ(session.locate(view, local, time).pose.position.y, 0.0F) << "LOCAL begins at eye level";
  EXPECT_FLOAT_EQ(session.locate(stage, local, time).pose.position.y, -1.6F) << "the floor is below it";
  XrExtent2Df bounds{9.0F, 9.0F};
  EXPECT_EQ(xrGetReferenceSpaceBoundsRect(session, XR_REFERENCE_SPACE_TYPE_STAGE, &bounds),
            XR_SPACE_BOUNDS_UNAVAILABLE);
  EXPECT_EQ(bounds.width, 0.0F);
}

struct Place {
  XrPosef a, b, a_in_b;
};

TEST(Spaces, AreLocatedInEachOtherByTheirOffsets) {
  const Rig rig;
  const HeadlessSession session(rig);
  const XrTime time = session.frame().predictedDisplayTime;
  const float h = std::sqrt(0.5F);
  const XrQuaternionf none{0, 0, 0, 1}, right_x{h, 0, 0, h}, back_x{-h, 0, 0, h}, right_y{0, h, 0, h};
  // Worked out by hand: a quarter turn about X takes Y to Z, one about Y takes Z to X.
  const Place places[]{
      {{none, {1, 2, 3}}, {none, {-1, -2, -3}}, {none, {2, 4, 6}}},
      {{none, {0, 0, 0}}, {right_x, {0, 5, 0}}, {back_x, {0, 0, 5}}},
      {{none, {0, 0, 0}}, {right_x, {0, 0, 5}}, {back_x, {0, -5, 0}}},
      {{none, {1, 0, 0}}, {right_y, {5, 0, 0}}, {{0, -h, 0, h}, {0, 0, -4}}},
      {{back_x, {2, 3, 5}}, {right_y, {7, -13, 17}}, {{-0.5F, -0.5F, -0.5F, 0.5F}, {12, 16, -5}}},
  };
  for (const auto& place : places) {
    XrReferenceSpaceCreateInfo info{XR_TYPE_REFERENCE_SPACE_CREATE_INFO, nullptr,
                                    XR_REFERENCE_SPACE_TYPE_VIEW, place.a};
    XrSpace a = XR_NULL_HANDLE, b = XR_NULL_HANDLE;
    ASSERT_EQ(xrCreateReferenceSpace(session, &info, &a), XR_SUCCESS);
    info.poseInReferenceSpace = place.b;
    ASSERT_EQ(xrCreateReferenceSpace(session, &info, &b), XR_SUCCESS);
    const auto found = session.locate(a, b, time);
    EXPECT_EQ(found.locationFlags, all_flags);
    const auto& p = found.pose.position;
    const auto& q = found.pose.orientation;
    const auto& wanted_p = place.a_in_b.position;
    const auto& wanted_q = place.a_in_b.orientation;
    EXPECT_NEAR(p.x, wanted_p.x, 1e-5F);
    EXPECT_NEAR(p.y, wanted_p.y, 1e-5F);
    EXPECT_NEAR(p.z, wanted_p.z, 1e-5F);
    const float same = q.x * wanted_q.x + q.y * wanted_q.y + q.z * wanted_q.z + q.w * wanted_q.w;
    EXPECT_NEAR(std::abs(same), 1.0F, 1e-5F);
  }
}

TEST(Spaces, RefuseWhatIsNoPoseTimeOrSpace) {
  const Rig rig;
  const HeadlessSession session(rig);
  const XrTime time = session.frame().predictedDisplayTime;
  const XrSpace view = session.space(XR_REFERENCE_SPACE_TYPE_VIEW);
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  EXPECT_EQ(xrLocateSpace(view, view, 0, &location), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(xrLocateSpace(view, view, -42, &location), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(xrLocateSpace(view, reinterpret_cast<XrSpace>(0x1234), time, &location), XR_ERROR_HANDLE_INVALID);
  XrSpace space = XR_NULL_HANDLE;
  XrReferenceSpaceCreateInfo info{XR_TYPE_REFERENCE_SPACE_CREATE_INFO,
                                  nullptr,
                                  XR_REFERENCE_SPACE_TYPE_LOCAL,
                                  {{0, 0, 0, 0.98F}, {0, 0, 0}}};
  EXPECT_EQ(xrCreateReferenceSpace(session, &info, &space), XR_ERROR_POSE_INVALID);
  info.poseInReferenceSpace = identity;
  info.referenceSpaceType = XR_REFERENCE_SPACE_TYPE_UNBOUNDED_MSFT;
  EXPECT_EQ(xrCreateReferenceSpace(session, &info, &space), XR_ERROR_REFERENCE_SPACE_UNSUPPORTED);
  info.referenceSpaceType = static_cast<XrReferenceSpaceType>(0x7777);
  EXPECT_EQ(xrCreateReferenceSpace(session, &info, &space), XR_ERROR_REFERENCE_SPACE_UNSUPPORTED);
}

TEST(Views, AreTwoEyesApartByTheirDistance) {
  const Rig rig;
  const HeadlessSession session(rig);
  XrViewLocateInfo info{XR_TYPE_VIEW_LOCATE_INFO, nullptr, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO,
                        session.frame().predictedDisplayTime, session.space(XR_REFERENCE_SPACE_TYPE_STAGE)};
  XrViewState state{XR_TYPE_VIEW_STATE};
  std::uint32_t count = 0;
  XrView views[2]{{XR_TYPE_VIEW, nullptr, {}, {}}, {XR_TYPE_VIEW, nullptr, {}, {}}};
  ASSERT_EQ(xrLocateViews(session, &info, &state, 2, &count, views), XR_SUCCESS);
  EXPECT_EQ(state.viewStateFlags, all_flags);
  EXPECT_FLOAT_EQ(views[1].pose.position.x - views[0].pose.position.x, 0.063F);
  EXPECT_FLOAT_EQ(views[0].pose.position.y, 1.6F);
  const float wide = (views[0].fov.angleRight - views[0].fov.angleLeft) * 180.0F / std::numbers::pi_v<float>;
  EXPECT_NEAR(wide, 95.0F, 0.01F);
  EXPECT_FLOAT_EQ(views[0].fov.angleLeft, -views[1].fov.angleRight) << "the eyes mirror each other";

  views[1].type = XR_TYPE_UNKNOWN;
  EXPECT_EQ(xrLocateViews(session, &info, &state, 2, &count, views), XR_ERROR_VALIDATION_FAILURE);
  views[1].type = XR_TYPE_VIEW;
  EXPECT_EQ(xrLocateViews(session, &info, &state, 1, &count, views), XR_ERROR_SIZE_INSUFFICIENT);
  info.displayTime = 0;
  EXPECT_EQ(xrLocateViews(session, &info, &state, 2, &count, views), XR_ERROR_TIME_INVALID);
}

}  // namespace
}  // namespace attune::xr_replay::test

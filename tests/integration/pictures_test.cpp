#include <gtest/gtest.h>
#include <png.h>
#include <vulkan/vulkan_core.h>

#include <ostream>
#include <set>

#include "integration/seen.hpp"

// What a patient sees, and what is kept of it, through the real program: pictures as the runtime gets them,
// on every format that a runtime may offer first, for each eye, on the graphics card that the runtime names.
namespace attune {
namespace {

using test::Seen;

struct Row {
  const char* name;  ///< as in ATTUNE_XR_FORMATS
  VkFormat format;
  double pixel_steps;  ///< how far a single pixel may be from the reference, in steps of an 8-bit display
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

constexpr Row reference_row{"R8G8B8A8_SRGB", VK_FORMAT_R8G8B8A8_SRGB, 0.01};
constexpr Row rows[] = {
    {"B8G8R8A8_SRGB", VK_FORMAT_B8G8R8A8_SRGB, 0.01},
    {"A8B8G8R8_SRGB_PACK32", VK_FORMAT_A8B8G8R8_SRGB_PACK32, 0.01},
    {"R16G16B16A16_SFLOAT", VK_FORMAT_R16G16B16A16_SFLOAT, test::fine_steps},
    {"R16G16B16A16_UNORM", VK_FORMAT_R16G16B16A16_UNORM, test::fine_steps},
    {"A2B10G10R10_UNORM_PACK32", VK_FORMAT_A2B10G10R10_UNORM_PACK32, test::linear_10_bit_steps},
    {"R8G8B8A8_UNORM", VK_FORMAT_R8G8B8A8_UNORM, test::linear_8_bit_steps},
    {"B8G8R8A8_UNORM", VK_FORMAT_B8G8R8A8_UNORM, test::linear_8_bit_steps},
    {"A8B8G8R8_UNORM_PACK32", VK_FORMAT_A8B8G8R8_UNORM_PACK32, test::linear_8_bit_steps},
};

/// Mean brightness of a PNG, 0..255; negative when it is none.
double brightness(const std::filesystem::path& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return -1.0;
  image.format = PNG_FORMAT_RGB;
  std::vector<png_byte> bytes(PNG_IMAGE_SIZE(image));
  png_image_finish_read(&image, nullptr, bytes.data(), 0, nullptr);
  double sum = 0;
  for (const auto byte : bytes) sum += byte;
  return sum / static_cast<double>(bytes.size());
}

struct Session {
  Seen seen;
  std::map<std::string, double> shots;  ///< screenshots by name, with their mean brightness
  std::string error;                    ///< what the program said, if it failed
};

Session session_on_format(const std::string& formats) {
  const test::ScratchFolder scratch;
  const auto outcome = test::session_seen(scratch.path(), {{"ATTUNE_XR_FORMATS", formats}});
  Session session;
  if (outcome.status != 0) session.error = outcome.err;
  session.seen = test::read_seen(scratch.path());
  std::error_code none;
  for (const auto& file : std::filesystem::directory_iterator(scratch / "shots", none))
    session.shots[file.path().filename().string()] = brightness(file.path());
  return session;
}

const Session& reference() {
  static const auto session = session_on_format(reference_row.name);
  return session;
}

class EveryFormat : public ::testing::TestWithParam<Row> {};

TEST_P(EveryFormat, ShowsTheSameLightAndKeepsTheSameScreenshots) {
  const auto session = session_on_format(GetParam().name);
  ASSERT_EQ(session.error, "");
  ASSERT_EQ(reference().error, "");
  ASSERT_EQ(session.seen.format, GetParam().format);
  for (std::size_t eye = 0; eye < 2; ++eye) {
    const auto &light = session.seen.eyes[eye].light, &wanted = reference().seen.eyes[eye].light;
    ASSERT_EQ(light.rgba.size(), wanted.rgba.size());
    EXPECT_LE(test::farthest_pixel(light, wanted), GetParam().pixel_steps) << eye;
    EXPECT_LE(test::farthest_patch(light, wanted), test::patch_steps) << eye;
  }
  ASSERT_GE(reference().shots.size(), 2U);
  for (const auto& [name, bright] : reference().shots) {
    EXPECT_GT(bright, 60.0) << name << " is black, or nearly";
    ASSERT_EQ(session.shots.count(name), 1U) << name;
    EXPECT_NEAR(session.shots.at(name), bright, 1.0) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Pictures, EveryFormat, ::testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Pictures, AreDrawnInTheFirstFormatOfTheRuntimeThatShowsNoBands) {
  EXPECT_EQ(session_on_format("D32_SFLOAT,R8G8B8A8_UNORM,R16G16B16A16_SFLOAT,R8G8B8A8_SRGB").seen.format,
            VK_FORMAT_R16G16B16A16_SFLOAT);
}

TEST(Pictures, InNoFormatOfTheRuntimeAreAnErrorThatNamesIt) {
  const auto session = session_on_format("D32_SFLOAT");
  EXPECT_NE(session.error.find("none of the picture formats"), std::string::npos) << session.error;
  EXPECT_NE(session.error.find("126"), std::string::npos) << "VK_FORMAT_D32_SFLOAT: " << session.error;
}

/// How much further right a square of the left picture lies than the same thing in the right one, in pixels,
/// less what that is for something infinitely far; nothing where the picture is too even to tell.
std::optional<double> parallax(const Seen& seen, std::uint32_t left, std::uint32_t top, std::uint32_t side) {
  constexpr int reach = 48;  // pixels either way
  const auto &one = seen.eyes[0].light, &other = seen.eyes[1].light;
  const auto grey = [](const test::Light& light, std::uint32_t x, std::uint32_t y) {
    return test::displayed(light.at(x, y, 1));
  };
  const auto difference = [&](const test::Light& light, int shift) {
    double sum = 0;
    for (std::uint32_t i = 0; i < side * side; ++i) {
      const auto x = left + i % side, y = top + i / side;
      const auto there = static_cast<std::uint32_t>(static_cast<int>(x) - shift);
      sum += std::abs(grey(one, x, y) - grey(light, there, y)) / (side * side);
    }
    return sum;
  };
  // A square that looks like itself a pixel on has nothing to match.
  if (difference(one, 1) < 6.0) return std::nullopt;
  int best = 0;
  double least = 1e9;
  for (int shift = -reach; shift <= reach; ++shift) {
    const int first = static_cast<int>(left) - shift;
    if (first < 0 || first + static_cast<int>(side) > static_cast<int>(other.width)) continue;
    if (const auto here = difference(other, shift); here < least) {
      least = here;
      best = shift;
    }
  }
  if (least > 6.0) return std::nullopt;  // hidden from the other eye
  // Straight ahead is not the middle of the picture where the field of view is wider on one side.
  const auto ahead = [&](const Seen::Eye& eye) {
    return -std::tan(eye.left_rad) / (std::tan(eye.right_rad) - std::tan(eye.left_rad)) * eye.light.width;
  };
  return best - (ahead(seen.eyes[0]) - ahead(seen.eyes[1]));
}

std::vector<double> parallaxes(const Seen& seen) {
  constexpr std::uint32_t side = 16;
  std::vector<double> all;
  const auto& light = seen.eyes[0].light;
  for (std::uint32_t top = 0; top + side <= light.height; top += side / 2) {
    for (std::uint32_t left = side; left + side <= light.width; left += side / 2) {
      if (const auto one = parallax(seen, left, top, side)) all.push_back(*one);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// Whether the two pictures are those of two eyes, the left one first. Nothing can lie beyond infinity, whose
/// parallax is 0; what stands before the patient (panels at 1.7 m and less) lies further right for the left
/// eye.
bool stereo_is_right(const std::vector<double>& sorted) {
  if (sorted.size() < 40) return false;
  const auto at = [&](double share) {
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size()))];
  };
  return at(0.05) > -1.5 && at(0.9) > 4.0;
}

TEST(Stereo, EachEyeGetsItsOwnPictureAndTheRightOne) {
  ASSERT_EQ(reference().error, "");
  const auto& seen = reference().seen;
  const auto found = parallaxes(seen);
  ASSERT_GT(found.size(), 40U);
  EXPECT_TRUE(stereo_is_right(found)) << found.size() << " squares, from " << found.front() << " over "
                                      << found[found.size() / 2] << " to " << found.back() << " pixels";
  // The poses that go with them: the first view's eye is left of the second's, as far as eyes are apart.
  const auto rightwards = seen.eyes[0].orientation * glm::vec3(1.0F, 0.0F, 0.0F);
  const auto apart_m = glm::dot(rightwards, seen.eyes[1].position_m - seen.eyes[0].position_m);
  EXPECT_GT(apart_m, 0.05F);
  EXPECT_LT(apart_m, 0.08F);
  EXPECT_NE(seen.eyes[0].array_layer, seen.eyes[1].array_layer);
}

TEST(Stereo, PicturesThatAreSwappedOrEqualAreTold) {
  auto swapped = reference().seen;
  std::swap(swapped.eyes[0].light, swapped.eyes[1].light);
  EXPECT_FALSE(stereo_is_right(parallaxes(swapped)));
  auto equal = reference().seen;
  equal.eyes[1].light = equal.eyes[0].light;
  EXPECT_FALSE(stereo_is_right(parallaxes(equal)));
}

/// Debian's driver for the processor, and the same once more as a card of its own (tests/second_gpu).
const std::string two_devices =
    "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json:" ATTUNE_BUILD_DIR "/second_gpu/second_gpu.json";

TEST(TwoGraphicsCards, TheSessionDrawsOnTheOneThatTheRuntimeNames) {
  for (const std::string card : {"Second graphics card", "llvmpipe"}) {
    const test::ScratchFolder scratch;
    const auto outcome = test::session_seen(scratch.path(), {{"VK_DRIVER_FILES", two_devices},
                                                             {"VK_ICD_FILENAMES", two_devices},
                                                             {"ATTUNE_XR_VULKAN_DEVICE", card}});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    const auto seen = test::read_seen(scratch.path());
    EXPECT_EQ(seen.graphics.find(card), 0U) << seen.graphics;
    const std::string said = nlohmann::json::parse(outcome.out).at("graphics");
    EXPECT_EQ(said.find(card), 0U) << said;
    // The other card's memory would be garbage here.
    EXPECT_LE(test::farthest_patch(seen.eyes[0].light, reference().seen.eyes[0].light), test::patch_steps);
  }
}

}  // namespace
}  // namespace attune

#include "sensors/heart_rate_measurement.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace attune::sensors {
namespace {

using Bytes = std::vector<std::uint8_t>;

struct Case {
  const char* what;
  Bytes value;
  std::uint16_t rate_bpm;
  Contact contact;
  std::optional<std::uint16_t> energy_kj;
  std::vector<std::uint16_t> rr_1024;
};

TEST(HeartRateMeasurement, ReadsEveryKindOfValueThatTheProfileKnows) {
  const std::vector<Case> cases{
      {"a rate of 8 bits", {0x00, 72}, 72, Contact::not_told, {}, {}},
      {"a rate of 16 bits", {0x01, 0x2C, 0x01}, 300, Contact::not_told, {}, {}},
      {"contact supported, and missing", {0x04, 0}, 0, Contact::missing, {}, {}},
      {"contact supported, and there", {0x06, 65}, 65, Contact::there, {}, {}},
      {"a contact bit without support says nothing", {0x02, 65}, 65, Contact::not_told, {}, {}},
      {"energy", {0x08, 65, 0x10, 0x27}, 65, Contact::not_told, 10000, {}},
      {"one interval", {0x10, 60, 0x00, 0x04}, 60, Contact::not_told, {}, {1024}},
      {"two intervals, as a chest strap sends them",
       {0x16, 76, 0x2B, 0x03, 0x1F, 0x03},
       76,
       Contact::there,
       {},
       {811, 799}},
      {"all at once", {0x1F, 0x48, 0x00, 0x02, 0x00, 0x55, 0x03}, 72, Contact::there, 2, {853}},
      {"intervals promised, none there", {0x10, 60}, 60, Contact::not_told, {}, {}},
      {"half an interval at the end", {0x10, 60, 0x00, 0x04, 0x07}, 60, Contact::not_told, {}, {1024}},
      {"reserved bits", {0xE0, 60}, 60, Contact::not_told, {}, {}},
  };
  for (const auto& c : cases) {
    const auto measurement = parse_heart_rate_measurement(c.value);
    ASSERT_TRUE(measurement) << c.what;
    EXPECT_EQ(measurement->rate_bpm, c.rate_bpm) << c.what;
    EXPECT_EQ(measurement->contact, c.contact) << c.what;
    EXPECT_EQ(measurement->energy_kj, c.energy_kj) << c.what;
    EXPECT_EQ(std::vector<std::uint16_t>(measurement->rr_1024.begin(), measurement->rr_1024.end()), c.rr_1024)
        << c.what;
  }
}

TEST(HeartRateMeasurement, RefusesAValueThatEndsBeforeItsFlagsDo) {
  for (const Bytes& value : {Bytes{}, Bytes{0x00}, Bytes{0x01, 72}, Bytes{0x08, 72}, Bytes{0x08, 72, 1}})
    EXPECT_FALSE(parse_heart_rate_measurement(value));
  EXPECT_FALSE(parse_heart_rate_measurement(Bytes(513, 0x10))) << "longer than any attribute";
  EXPECT_TRUE(parse_heart_rate_measurement(Bytes(512, 0x10)));
}

TEST(HeartRateMeasurement, NeverReadsMoreThanThereIs) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    Bytes value(random() % 40);
    for (auto& byte : value) byte = static_cast<std::uint8_t>(random());
    const auto measurement = parse_heart_rate_measurement(value);
    if (measurement) {
      ASSERT_LE(2 * measurement->rr_1024.size() + 2, value.size());
    }
  }
}

}  // namespace
}  // namespace attune::sensors

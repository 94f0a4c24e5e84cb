#include "attune/learn/dataset.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

#include "support.hpp"

namespace attune::learn {
namespace {

TEST(Dataset, EverybodyIsInOnePartAndEachPartHasAboutAsManyOfEverySet) {
  const auto data = test::people(11, 3);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto part_of = data.parts_by_people(4, seed);
    ASSERT_EQ(part_of.size(), 11U);
    std::map<std::pair<std::string, std::size_t>, std::set<std::string>> people;
    for (const auto& sample : data) people[{sample.set, part_of.at(sample.person)}].insert(sample.person);
    for (std::size_t part = 0; part < 4; ++part) {
      // Six people of one set and five of the other, in four parts.
      EXPECT_GE((people[{"even", part}].size()), 1U) << "seed " << seed;
      EXPECT_LE((people[{"even", part}].size()), 2U) << "seed " << seed;
      EXPECT_GE((people[{"odd", part}].size()), 1U) << "seed " << seed;
      EXPECT_LE((people[{"odd", part}].size()), 2U) << "seed " << seed;
    }
  }
}

TEST(Dataset, WhoIsInWhichPartDependsOnTheSeedAlone) {
  const auto data = test::people(12, 3);
  EXPECT_EQ(data.parts_by_people(4, 3), data.parts_by_people(4, 3));
  bool differs = false;
  for (std::uint64_t seed = 4; seed < 9; ++seed)
    differs |= data.parts_by_people(4, 3) != data.parts_by_people(4, seed);
  EXPECT_TRUE(differs);
}

TEST(Dataset, MinibatchesHoldEveryIndexOnce) {
  std::mt19937_64 random(1);
  const std::vector<float> alike(70, 1.0F);
  const auto batches = Dataset::minibatches(alike, 32, random);
  ASSERT_EQ(batches.size(), 3U);
  EXPECT_EQ(batches[0].size(), 32U);
  EXPECT_EQ(batches[2].size(), 6U);
  std::set<std::size_t> seen;
  for (const auto& batch : batches) seen.insert(batch.begin(), batch.end());
  EXPECT_EQ(seen.size(), 70U);
  EXPECT_NE(batches, Dataset::minibatches(alike, 32, random)) << "every pass has its own order";
}

TEST(Dataset, AnIndexIsThereAsOftenAsItWeighs) {
  std::mt19937_64 random(1);
  const std::vector<float> weights{0.0F, 1.0F, 2.5F, 0.2F};
  std::array<double, 4> times{};
  for (int pass = 0; pass < 4000; ++pass) {
    for (const auto& batch : Dataset::minibatches(weights, 32, random)) {
      for (const auto index : batch) times[index] += 1.0 / 4000.0;
    }
  }
  EXPECT_EQ(times[0], 0.0);
  EXPECT_NEAR(times[1], 1.0, 1e-9);
  EXPECT_NEAR(times[2], 2.5, 0.04);
  EXPECT_NEAR(times[3], 0.2, 0.03);
}

}  // namespace
}  // namespace attune::learn

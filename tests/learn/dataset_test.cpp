#include "attune/learn/dataset.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "support.hpp"

namespace attune::learn {
namespace {

TEST(Dataset, NobodyIsInBothPartsOfASplit) {
  const auto data = test::people(11, 3);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto [training, validation] = data.split_by_people(0.25, seed);
    EXPECT_EQ(training.size() + validation.size(), data.size());
    EXPECT_FALSE(training.empty());
    EXPECT_FALSE(validation.empty());
    const auto known = training.people(), asked = validation.people();
    std::vector<std::string> both;
    std::set_intersection(known.begin(), known.end(), asked.begin(), asked.end(), std::back_inserter(both));
    EXPECT_TRUE(both.empty()) << "seed " << seed << ": " << both.front();
  }
}

TEST(Dataset, EverySetHasPeopleInBothParts) {
  const auto [training, validation] = test::people(12, 3).split_by_people(0.25, 7);
  for (const auto* part : {&training, &validation}) {
    std::set<std::string> sets;
    for (const auto& sample : *part) sets.insert(sample.set);
    EXPECT_EQ(sets.size(), 2U);
  }
}

TEST(Dataset, ASplitDependsOnTheSeedAlone) {
  const auto data = test::people(12, 3);
  EXPECT_EQ(data.split_by_people(0.25, 3).second.people(), data.split_by_people(0.25, 3).second.people());
  bool differs = false;
  for (std::uint64_t seed = 4; seed < 9; ++seed) {
    differs |=
        data.split_by_people(0.25, 3).second.people() != data.split_by_people(0.25, seed).second.people();
  }
  EXPECT_TRUE(differs);
}

TEST(Dataset, MinibatchesHoldEveryIndexOnce) {
  std::mt19937_64 random(1);
  const auto batches = Dataset::minibatches(70, 32, random);
  ASSERT_EQ(batches.size(), 3U);
  EXPECT_EQ(batches[0].size(), 32U);
  EXPECT_EQ(batches[2].size(), 6U);
  std::set<std::size_t> seen;
  for (const auto& batch : batches) seen.insert(batch.begin(), batch.end());
  EXPECT_EQ(seen.size(), 70U);
  EXPECT_NE(batches, Dataset::minibatches(70, 32, random)) << "every pass has its own order";
}

}  // namespace
}  // namespace attune::learn

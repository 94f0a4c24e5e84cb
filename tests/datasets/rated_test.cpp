#include "attune/datasets/rated.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support.hpp"

namespace attune::datasets {
namespace {

TEST(Ceap, AnAnnotationIsReadOfItsVideoAlone) {
  test::ScratchFolder scratch;
  test::write_files(scratch.path(),
                    {{"P01_annotation.csv",
                      "video,t_s,valence,arousal\nV1,0.15,5.0,5.0\nV2,0.1,2.5,8.0\nV2,0.2,2.0,9.0\n"}});
  const auto annotation = read_ceap_annotation(scratch.path(), "P01", "V2");
  ASSERT_TRUE(annotation) << annotation.error().message;
  ASSERT_EQ(annotation->size(), 2U);
  EXPECT_EQ((*annotation)[1].time_s, 0.2);
  EXPECT_EQ((*annotation)[1].valence, 2.0);
  EXPECT_EQ((*annotation)[1].arousal, 9.0);
}

TEST(Ceap, AnAnnotationOutsideItsScaleOrTimeIsRefused) {
  for (const std::string rows : {"V1,0.1,5.0,9.5\n", "V1,0.2,5,5\nV1,0.1,5,5\n", "V2,0.1,5,5\n"}) {
    test::ScratchFolder scratch;
    test::write_files(scratch.path(), {{"P01_annotation.csv", "video,t_s,valence,arousal\n" + rows}});
    EXPECT_FALSE(read_ceap_annotation(scratch.path(), "P01", "V1")) << rows;
  }
}

std::string vreed_row(const std::string& person, const std::string& quadrant, const std::string& first) {
  auto row = person + "," + quadrant + "," + first;
  for (int i = 1; i < 75; ++i) row += "," + std::to_string(i);
  return row + "\n";
}

std::string vreed_header() {
  std::string header = "Subject_ID,Quad_Cat";
  for (int i = 0; i < 75; ++i) header.append(",F").append(std::to_string(i));
  return header + "\n";
}

TEST(Vreed, AScenesNumberIsItsPlaceAmongThePersonsRows) {
  test::ScratchFolder scratch;
  test::write_files(scratch.path(),
                    {{"features.csv", vreed_header() + vreed_row("1", "3", "0.5") + vreed_row("1", "0", "") +
                                          vreed_row("2", "3", "7")}});
  const auto vreed = read_vreed(scratch.path());
  ASSERT_TRUE(vreed) << vreed.error().message;
  ASSERT_EQ(vreed->rows.size(), 3U);
  EXPECT_EQ(vreed->names.front(), "F0");
  EXPECT_EQ(vreed->rows[1].scene, 1U);
  EXPECT_EQ(vreed->rows[2].scene, 0U);
  EXPECT_EQ(vreed->rows[0].quadrant, 3);
  EXPECT_EQ(vreed->rows[0].values[74], 74.0);
  EXPECT_TRUE(std::isnan(vreed->rows[1].values[0])) << "an empty cell is not 0";
}

TEST(Vreed, AClassThatIsNoneIsRefused) {
  test::ScratchFolder scratch;
  test::write_files(scratch.path(), {{"features.csv", vreed_header() + vreed_row("1", "4", "0.5")}});
  EXPECT_FALSE(read_vreed(scratch.path()));
}

}  // namespace
}  // namespace attune::datasets

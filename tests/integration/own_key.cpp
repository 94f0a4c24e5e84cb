#include <gtest/gtest.h>

#include <cstdlib>

// Sessions of tests seal with a key of their own: nobody's real key is made or used by running tests.
namespace attune {
namespace {

class OwnKey : public ::testing::Environment {
 public:
  void SetUp() override { ::setenv("XDG_DATA_HOME", ATTUNE_BUILD_DIR "/test-data", 1); }
};

const auto* const own_key = ::testing::AddGlobalTestEnvironment(new OwnKey);

}  // namespace
}  // namespace attune

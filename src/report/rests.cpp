#include "report/rests.hpp"

#include <glm/geometric.hpp>
#include <utility>

namespace attune::report {

using attention::GazeEpisode;
using attention::GazeLabel;

std::optional<GazeEpisode> Rests::finish() {
  auto ended = std::exchange(rest_, std::nullopt);
  if (ended && ended->duration_s() < least_s) ended.reset();
  return ended;
}

std::optional<GazeEpisode> Rests::push(const GazeEpisode& episode) {
  const bool rests = episode.label == GazeLabel::fixation || episode.label == GazeLabel::pursuit;
  if (!rests) return finish();
  if (!rest_ || !episode.whole) {
    // One that is not whole begins after a break of the stream, or ends before one.
    auto ended = finish();
    rest_ = episode;
    rest_->label = GazeLabel::fixation;
    return ended;
  }
  const auto before = static_cast<float>(rest_->samples), now = static_cast<float>(episode.samples);
  const auto sum = before * rest_->centre + now * episode.centre;
  rest_->centre = glm::dot(sum, sum) > 0.0F ? glm::normalize(sum) : episode.centre;
  rest_->samples += episode.samples;
  rest_->end = episode.end;
  rest_->to = episode.to;
  return std::nullopt;
}

}  // namespace attune::report

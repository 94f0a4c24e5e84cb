#pragma once

#include "attune/datasets/visit.hpp"
#include "datasets/logs.hpp"

namespace attune::datasets {

/// The logs of one visit.
struct VisitLogs {
  std::vector<PoseRow> head, left, right;
  std::vector<GazeRow> gaze;
  std::vector<ButtonRow> buttons;
  std::vector<GrabRow> grabs;
};

/// Fills `visit` (frames, areas of interest, rate, notes) from its logs, one frame a row of the head's log,
/// as `read_cafe_visit` describes. No frame at all is left to the caller to judge.
void assemble(const VisitLogs& logs, Visit& visit);

}  // namespace attune::datasets

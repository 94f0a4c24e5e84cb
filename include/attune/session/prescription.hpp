#pragma once

#include <memory>

#include "attune/record/meta.hpp"
#include "attune/session/pipeline.hpp"

namespace attune::session {

/// What the pipeline is given, made in one place, so that a session and its replay cannot differ: the
/// programme fitted to the time there is, and what the kind of input rules out. An import's person saw
/// another scene: nothing is asked, and where that person looked chooses nothing here. A virtual patient
/// answers with its mouth.
/// @param length_s  0: as prescribed; longer than the programme changes nothing.
[[nodiscard]] PipelineSpec prescribe(const treatment::Programme& programme, double length_s,
                                     record::SourceKind source, std::shared_ptr<Networks> networks);

}  // namespace attune::session

// Kinds of surface, as scene::Surface. Each is a pipeline of its own, so that no pixel pays for the others.
#ifndef ATTUNE_SURFACE
#define ATTUNE_SURFACE

layout(constant_id = 0) const int surface = 0;
layout(constant_id = 1) const bool in_shadow_maps = true;  // false for what lies outside both
const int plain = 0;
const int facade = 1;
const int foliage = 2;
const int water = 3;
const int glass = 4;

// Whether the sun shows on the side that is turned away from it: leaves let it through, waves turn.
const bool lit_from_behind = surface == foliage || surface == water;

#endif

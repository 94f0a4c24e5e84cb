#version 460
#extension GL_GOOGLE_include_directive : require
#include "frame.glsl"

layout(location = 0) in vec3 position_m;

layout(push_constant) uniform Push { mat4 clip_from_session; } push;

void main() {
  Instance instance = instances[order[gl_InstanceIndex]];
  vec4 p = vec4(position_m, 1.0);
  vec3 session = vec3(dot(instance.session_from_mesh[0], p), dot(instance.session_from_mesh[1], p),
                      dot(instance.session_from_mesh[2], p));
  gl_Position = push.clip_from_session * vec4(session, 1.0);
}

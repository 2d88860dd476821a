// Written by Scripts/make_function_coefficients.py, which says how; the errors are of the result it stands in.

#if CK_BITS == 32
// (e^r − 1 − r) / r² for |r| ≤ log 2 / 2; error 3.9e-9.
#define CK_C_EXP \
  {0x1.6cedfcp-10f, 0x1.123becp-7f, 0x1.555538p-5f, 0x1.55548ep-3f, 0x1.0p-1f}
// the same, with an error small beside e^r − 1; error 4.6e-10.
#define CK_C_EXPM1 \
  {0x1.a28f22p-13f, 0x1.6d438cp-10f, 0x1.110fe2p-7f, 0x1.5554fp-5f, 0x1.555556p-3f, 0x1.0p-1f}
// (2^r − 1) / r for |r| ≤ 1/2; error 3.6e-9.
#define CK_C_EXP2 \
  {0x1.3f9a64p-13f, 0x1.5f0baep-10f, 0x1.3b30a8p-7f, 0x1.c6af76p-5f, 0x1.ebfbd8p-3f, 0x1.62e43p-1f}
// (log(1 + f) − f) / f² for |f| ≤ 1/3; error 5.4e-9.
#define CK_C_LOG \
  {-0x1.075fdcp-3f, 0x1.1ef28p-3f, -0x1.f3643cp-4f, 0x1.1eb6cap-3f, -0x1.559a78p-3f, 0x1.99d27ep-3f, \
    -0x1.ffff06p-3f, 0x1.5555p-2f, -0x1.0p-1f}
// (2 artanh s / s − 2) / s² as a function of s², for s² ≤ 1/25; error 5.7e-9.
#define CK_C_ARTANH \
  {0x1.36ee8cp-2f, 0x1.992a9ap-2f, 0x1.5555b4p-1f}
// (sin r − r) / r³ as a function of r², for |r| ≤ π/4; error 3.9e-9.
#define CK_C_SIN \
  {-0x1.994e32p-13f, 0x1.11076ep-7f, -0x1.555546p-3f}
// (cos r − 1 + r²/2) / r⁴ as a function of r², for |r| ≤ π/4; error 1.1e-10.
#define CK_C_COS \
  {0x1.99e0eep-16f, -0x1.6c0c1ap-10f, 0x1.55554ap-5f}
// (atan u − u) / u³ as a function of u², for |u| ≤ tan(π/8); error 6.8e-10.
#define CK_C_ATAN \
  {-0x1.f3078p-5f, 0x1.b22aecp-4f, -0x1.23ba0ap-3f, 0x1.9991e6p-3f, -0x1.55554ap-2f}
// (asin x − x) / x³ as a function of x², for |x| ≤ 1/2; error 5.0e-9.
#define CK_C_ASIN \
  {0x1.59cc8ap-5f, 0x1.8bb53ap-6f, 0x1.748a2cp-5f, 0x1.33016ap-4f, 0x1.5555cap-3f}
// (sinh r − r) / r³ as a function of r², for |r| ≤ log 2 / 2; error 4.7e-11.
#define CK_C_SINH \
  {0x1.a2e2f6p-13f, 0x1.110fbep-7f, 0x1.555556p-3f}
// (cosh r − 1) / r² as a function of r², for |r| ≤ log 2 / 2; error 1.0e-10.
#define CK_C_COSH \
  {0x1.6d4f24p-10f, 0x1.5554e6p-5f, 0x1.0p-1f}
// erf x / x − 1 as a function of x² − 1/2, for |x| ≤ 1; error 1.7e-9.
#define CK_C_ERF \
  {0x1.4e2138p-14f, -0x1.2892c2p-11f, 0x1.c81c56p-9f, -0x1.2b8d9ep-6f, 0x1.454372p-4f, -0x1.1fd164p-2f, \
    -0x1.1ae14ep-5f}
// log(erfc x) / x for x ≥ 1; error 3.7e-10.
#define CK_C_LOG_ERFC \
  {-0x1.da2d26p-17f, 0x1.716d4p-12f, -0x1.ed6edep-9f, 0x1.89a1d8p-6f, -0x1.b46cbep-4f, -0x1.451942p-1f, \
    -0x1.20f24cp+0f}
// (1 + 2x)·e^x²·erfc x − 1.25 as a function of (x − 3) / (x + 3), for x ≥ 3/4; error 3.2e-10.
#define CK_C_ERFC \
  {-0x1.f6e5c2p-14f, -0x1.6372acp-11f, 0x1.f202e4p-10f, 0x1.4747a2p-9f, -0x1.857f18p-6f, 0x1.17cf12p-4f, \
    -0x1.e88b4ep-4f, 0x1.09834p-3f, -0x1.85a15ep-5f, -0x1.15c084p-3f, 0x1.8a45bp-9f}
#else
// (e^r − 1 − r) / r² for |r| ≤ log 2 / 2; error 6.8e-18.
#define CK_C_EXP \
  {0x1.ac20789ee2a0bp-26, 0x1.28a0c0f05f159p-22, 0x1.71dfff2008edep-19, 0x1.a019a9eb41c53p-16, \
    0x1.a01a00cb68039p-13, 0x1.6c16c17d2e454p-10, 0x1.11111111388f9p-7, 0x1.555555555309ep-5, 0x1.55555555554bbp-3, \
    0x1.0p-1}
// the same, with an error small beside e^r − 1; error 2.7e-19.
#define CK_C_EXPM1 \
  {0x1.1f840323fd2c6p-29, 0x1.af5f7e056c165p-26, 0x1.27e4d12ff642bp-22, 0x1.71ddf7e787cabp-19, \
    0x1.a01a01ab1a225p-16, 0x1.a01a01b00fcc5p-13, 0x1.6c16c16c15773p-10, 0x1.111111110f642p-7, 0x1.5555555555557p-5, \
    0x1.5555555555559p-3, 0x1.0p-1}
// (2^r − 1) / r for |r| ≤ 1/2; error 4.7e-18.
#define CK_C_EXP2 \
  {0x1.e99a7c579fc2p-32, 0x1.e61202bc9de6cp-28, 0x1.b524d6a0d3c43p-24, 0x1.62bfccdd6200ep-20, 0x1.ffcbfcaab00c3p-17, \
    0x1.4309130cf6c44p-13, 0x1.5d87fe7888332p-10, 0x1.3b2ab6fba079ep-7, 0x1.c6b08d704a1c7p-5, 0x1.ebfbdff82c5a5p-3, \
    0x1.62e42fefa39efp-1}
// (2 artanh s / s − 2) / s² as a function of s², for s² ≤ 1/25; error 2.8e-19.
#define CK_C_ARTANH \
  {0x1.1b85c81770d7cp-3, 0x1.0dcaf8777af2p-3, 0x1.3b35c9fe07706p-3, 0x1.745c4a95869cep-3, 0x1.c71c7490dbd3fp-3, \
    0x1.24924921e32dfp-2, 0x1.999999999c187p-2, 0x1.555555555554fp-1}
// (2 artanh s / s − 2) / s² as a function of s², for s² ≤ 1/25; error 2.8e-19.
#define CK_C_LOG \
  {0x1.1b85c81770d7cp-3, 0x1.0dcaf8777af2p-3, 0x1.3b35c9fe07706p-3, 0x1.745c4a95869cep-3, 0x1.c71c7490dbd3fp-3, \
    0x1.24924921e32dfp-2, 0x1.999999999c187p-2, 0x1.555555555554fp-1}
// (sin r − r) / r³ as a function of r², for |r| ≤ π/4; error 3.7e-18.
#define CK_C_SIN \
  {0x1.5d88f6887244dp-33, -0x1.ae5e4485393c1p-26, 0x1.71de354df913cp-19, -0x1.a01a019be3279p-13, \
    0x1.111111110f716p-7, -0x1.5555555555548p-3}
// (cos r − 1 + r²/2) / r⁴ as a function of r², for |r| ≤ π/4; error 5.1e-20.
#define CK_C_COS \
  {-0x1.8fa3cbee5b535p-37, 0x1.1ee9d79f10fe4p-29, -0x1.27e4f7ed0bc03p-22, 0x1.a01a019c8b307p-16, \
    -0x1.6c16c16c15003p-10, 0x1.555555555554bp-5}
// (atan u − u) / u³ as a function of u², for |u| ≤ tan(π/8); error 1.3e-18.
#define CK_C_ATAN \
  {-0x1.2579c6945faf5p-6, 0x1.37dd62bd9f44bp-5, -0x1.9cd60dd77efd3p-5, 0x1.df101609b9b71p-5, -0x1.10ebc71950a07p-4, \
    0x1.3b111a79d1514p-4, -0x1.745cf8f088822p-4, 0x1.c71c70e6bfc3dp-4, -0x1.24924922aef98p-3, 0x1.9999999995899p-3, \
    -0x1.555555555553dp-2}
// (asin x − x) / x³ as a function of x², for |x| ≤ 1/2; error 1.5e-17.
#define CK_C_ASIN \
  {0x1.05ce23fa26169p-5, -0x1.0af452a6f15efp-6, 0x1.40b19fe0d747fp-6, 0x1.aab3f1334b1f6p-8, 0x1.8ee4a1d7e97d4p-7, \
    0x1.c6f87dead41eep-7, 0x1.1c6c27c3a11a2p-6, 0x1.6e89ef78f6105p-6, 0x1.f1c72c6d5dc67p-6, 0x1.6db6db41d3a5fp-5, \
    0x1.333333336f88ap-4, 0x1.5555555555387p-3}
// (sinh r − r) / r³ as a function of r², for |r| ≤ log 2 / 2; error 2.7e-19.
#define CK_C_SINH \
  {0x1.af5ff2dbebfccp-26, 0x1.71ddf7b00654p-19, 0x1.a01a01b0204ap-13, 0x1.111111110f62ap-7, 0x1.5555555555559p-3}
// (cosh r − 1) / r² as a function of r², for |r| ≤ log 2 / 2; error 8.6e-22.
#define CK_C_COSH \
  {0x1.1f8bede05012cp-29, 0x1.27e4cc09470ecp-22, 0x1.a01a01ad8106ap-16, 0x1.6c16c16c14ffap-10, 0x1.5555555555558p-5, \
    0x1.0p-1}
// erf x / x − 1 as a function of x² − 1/2, for |x| ≤ 1; error 8.9e-18.
#define CK_C_ERF \
  {-0x1.ad313b651cd44p-31, 0x1.441a877203cfdp-27, -0x1.bf8c7d6449fc9p-24, 0x1.1ad50d05d1b62p-20, \
    -0x1.429e9446b2793p-17, 0x1.48663932df3e5p-14, -0x1.263991b7d2c87p-11, 0x1.c82aa249a6b41p-9, \
    -0x1.2b902b7b2f3dfp-6, 0x1.454368017b0e2p-4, -0x1.1fd16292151fdp-2, -0x1.1ae14dc34815bp-5}
// log(erfc x) / x for x ≥ 1; error 3.5e-18.
#define CK_C_LOG_ERFC \
  {0x1.a85fe3278d65ap-40, -0x1.26b09c3502ee7p-34, 0x1.7f417dd12e4adp-30, -0x1.35e5f8a3c99c9p-26, \
    0x1.5c8ac4be61f7fp-23, -0x1.204cb3f6b2aa2p-20, 0x1.683214ad188d5p-18, -0x1.546e1dddde0d4p-16, \
    0x1.d4c1f477267abp-15, -0x1.8f1f92074441ap-14, 0x1.d71db3b4f92c7p-22, 0x1.2da57cfac3df4p-11, \
    -0x1.bbe29fd54b7f7p-10, 0x1.bdbe568b51025p-13, 0x1.3956bcfd0da28p-6, -0x1.a4f2e93d121fep-4, \
    -0x1.45f317d053216p-1, -0x1.20dd740706c9ap+0}
// (1 + 2x)·e^x²·erfc x − 1.25 as a function of (x − 3) / (x + 3), for x ≥ 3/4; error 1.1e-17.
#define CK_C_ERFC \
  {-0x1.721820baf0ddfp-27, 0x1.ce2c1151af42p-24, -0x1.1ffd68f19bcd1p-24, -0x1.5c9a2456dae1ap-21, \
    0x1.4af03486e176p-22, 0x1.d60f07d128f61p-19, -0x1.7f5536e39767ep-21, -0x1.51747cb778502p-16, \
    0x1.4be869f08564ap-18, 0x1.065c0b9900c4bp-13, -0x1.b911ff48173a1p-14, -0x1.98db630837361p-11, \
    0x1.ef1bdccd8e439p-10, 0x1.4b884eab80fe8p-9, -0x1.8574c40b9804p-6, 0x1.17ca2877c8a31p-4, -0x1.e88b803a4937p-4, \
    0x1.098366a5b4df6p-3, -0x1.85a15c58aa5e8p-5, -0x1.15c084bb9e8ffp-3, 0x1.8a45afc930e67p-9}
// (2 artanh s / s − 2 − 2s²/3) / s⁴ as a function of s², for f ≤ √2 − 1; error 1.5e-22.
#define CK_C_POWER \
  {0x1.ead1aed80b5b7p-4, 0x1.de3c15cabd49cp-4, 0x1.1120771c6e6e8p-3, 0x1.3b1364999ed5p-3, 0x1.745d1829f0872p-3, \
    0x1.c71c71c595943p-3, 0x1.2492492492f56p-2, 0x1.9999999999996p-2}
// 2 artanh s / s as a function of s², enough for Float; error 8.5e-12.
#define CK_C_SHORT_LOG \
  {0x1.e3baeac74e4cep-3, 0x1.2432722e809e3p-2, 0x1.999a9ddf35e24p-2, 0x1.555554d9ec90fp-1, 0x1.0000000004adcp+1}
// e^r for |r| ≤ log 2 / 2, enough for Float; error 4.1e-11.
#define CK_C_SHORT_EXP \
  {0x1.9e8b737ab3f0ep-13, 0x1.6da539d0c7543p-10, 0x1.1113201185751p-7, 0x1.555467d373e8p-5, 0x1.5555531eaeb6p-3, \
    0x1.0000005a2234p-1, 0x1.000000011d81cp+0, 0x1.ffffffffab19dp-1}
#endif

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
// lgamma(2 + e) / e for −3/4 ≤ e ≤ 1/2; error 8.1e-9.
#define CK_C_LGAMMA \
  {0x1.3fbbc4p-13f, -0x1.2d285cp-12f, 0x1.f81578p-12f, -0x1.2fb8a2p-10f, 0x1.7bc9b2p-9f, -0x1.e480cap-8f, \
    0x1.512ef6p-6f, -0x1.13df6cp-4f, 0x1.4a34cep-2f, 0x1.b0ee6p-2f}
// x·(lgamma x − (x − 1/2)·(log x − 1) + 1/2 − log(2π)/2) as a function of 1/x², for x ≥ 8; error 2.5e-9.
#define CK_C_STIRLING \
  {0x1.c39b86p-11f, -0x1.6c3f08p-9f, 0x1.555556p-4f}
// digamma x / (x − its zero) as a function of x − 1.5, for 1 ≤ x ≤ 2; error 1.0e-8.
#define CK_C_DIGAMMA \
  {0x1.12a68ap-7f, -0x1.08e17ep-6f, 0x1.33ee56p-6f, -0x1.a855fap-6f, 0x1.4b5fp-5f, -0x1.fc33dep-5f, 0x1.85389p-4f, \
    -0x1.2fec4ep-3f, 0x1.eca0ccp-3f, -0x1.b1cb68p-2f, 0x1.e6f0ccp-1f}
// x²·(log x − 1/(2x) − digamma x) as a function of 1/x², for x ≥ 8; error 7.1e-12.
#define CK_C_DIGAMMA_FAR \
  {0x1.f466bap-9f, -0x1.110334p-7f, 0x1.555554p-4f}
// erfinv x / x as a function of w − its middle, with w = −log(1 − x²) at most 5 or 6.25; error 5.5e-8.
#define CK_C_ERFINV_NEAR \
  {-0x1.0cb1p-27f, 0x1.cf86c2p-26f, 0x1.e70806p-22f, -0x1.d75f64p-19f, -0x1.4994b4p-18f, 0x1.ca5592p-13f, \
    -0x1.486abap-10f, -0x1.11c9aap-8f, 0x1.f91e8cp-3f, 0x1.805c5ep+0f}
// erfinv x / x as a function of √w − 3 or 3.25, for w up to 17 or 16; error 1.7e-8.
#define CK_C_ERFINV_MIDDLE \
  {0x1.c74a6ep-14f, -0x1.38e642p-12f, -0x1.9ab416p-15f, 0x1.815228p-10f, -0x1.d7ed72p-9f, 0x1.752396p-8f, \
    -0x1.f477b2p-8f, 0x1.35793p-7f, 0x1.006dc4p+0f, 0x1.6a9efcp+1f}
// (1 + 2x)·e^x²·erfc x − 1.25 as a function of (x − 3) / (x + 3), for x ≥ 3/4; error 6.1e-9.
#define CK_C_ERFCX \
  {0x1.51206p-14f, -0x1.90809p-11f, 0x1.c4f15ap-10f, 0x1.5149d4p-9f, -0x1.84a278p-6f, 0x1.17b736p-4f, \
    -0x1.e89288p-4f, 0x1.098492p-3f, -0x1.85a0a2p-5f, -0x1.15c08ep-3f, 0x1.8a4594p-9f}
// (I0 x / (x/2)^0 − 1) / z as a function of z = x²/4, for x ≤ 8; error 5.0e-10.
#define CK_C_I0 \
  {0x1.3556eap-43f, 0x1.877cccp-38f, 0x1.6542ap-31f, 0x1.4f386ap-25f, 0x1.032ce2p-19f, 0x1.233e5p-14f, \
    0x1.c71d32p-10f, 0x1.c71c6ap-6f, 0x1.0p-2f, 0x1.0p+0f}
// √x·e^−x·I0 x as a function of 16/x − 1, for x ≥ 8; error 1.0e-8.
#define CK_C_I0_FAR \
  {0x1.0f57c6p-25f, 0x1.cebc24p-22f, 0x1.4a0f8p-22f, 0x1.0a74e6p-20f, 0x1.75c9fcp-17f, 0x1.1e0c58p-13f, \
    0x1.b8796cp-9f, 0x1.9bd428p-2f}
// (I1 x / (x/2)^1 − 1) / z as a function of z = x²/4, for x ≤ 8; error 1.8e-10.
#define CK_C_I1 \
  {0x1.d13e42p-47f, 0x1.2898ecp-41f, 0x1.4153cep-34f, 0x1.4e4b5ap-28f, 0x1.2855aap-22f, 0x1.844d2p-17f, \
    0x1.6c17f4p-12f, 0x1.c71c5ap-8f, 0x1.555556p-4f, 0x1.0p-1f}
// √x·e^−x·I1 x as a function of 16/x − 1, for x ≥ 8; error 3.5e-9.
#define CK_C_I1_FAR \
  {-0x1.36d2p-25f, -0x1.e5a4f6p-27f, -0x1.80032cp-22f, -0x1.0af2dcp-19f, -0x1.f883eep-17f, -0x1.cba508p-13f, \
    -0x1.3f7962p-7f, 0x1.8ebe78p-2f}
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
// lgamma(2 + e) / e for −3/4 ≤ e ≤ 1/2; error 6.3e-18.
#define CK_C_LGAMMA \
  {0x1.1bccb26829631p-23, 0x1.d359323b0aa84p-23, 0x1.0636ebdac303fp-23, -0x1.47342f6218fd7p-22, \
    0x1.53e4fdd8a2f6ap-25, -0x1.b0c535ac4504p-22, 0x1.19a52a5845851p-20, -0x1.108d9f5340b69p-19, \
    0x1.23e74c027326ap-18, -0x1.3cf303722257p-17, 0x1.581dfbf057113p-16, -0x1.78db6efc5e661p-15, \
    0x1.a127588753a0cp-14, -0x1.d3fd60e94ffc5p-13, 0x1.0b36b00acca3fp-11, -0x1.38ac5c05cdb4p-10, \
    0x1.7add6eacee40dp-9, -0x1.e404fc21d583dp-8, 0x1.51322ac7d88ecp-6, -0x1.13e001a557541p-4, 0x1.4a34cc4a60fa6p-2, \
    0x1.b0ee6072093cep-2}
// x·(lgamma x − (x − 1/2)·(log x − 1) + 1/2 − log(2π)/2) as a function of 1/x², for x ≥ 8; error 4.6e-18.
#define CK_C_STIRLING \
  {0x1.2a6efddacb67bp-3, -0x1.7c14d28a8b59fp-9, -0x1.c2b64190057dep-10, 0x1.b837c32e436ddp-11, \
    -0x1.3811f756f539cp-11, 0x1.a01a009a08605p-11, -0x1.6c16c16c0666ep-9, 0x1.5555555555555p-4}
// digamma x / (x − its zero) as a function of x − 1.5, for 1 ≤ x ≤ 2; error 6.6e-17.
#define CK_C_DIGAMMA \
  {0x1.a3f807ac440e8p-12, -0x1.6feebdd57fc08p-13, -0x1.39c4205ff00d9p-12, -0x1.374f6675a67a4p-13, \
    0x1.2808bf0ca9f2ap-11, -0x1.fb6b0971a0208p-12, 0x1.3ec219dd57c0cp-11, -0x1.0fde4c3864b1ep-10, \
    0x1.9e7ecf4ca24d4p-10, -0x1.3369acf27bdacp-9, 0x1.cccd646c6991dp-9, -0x1.5a06e3c2d1ccap-8, 0x1.03c285b7a2f37p-7, \
    -0x1.863561b06bc2p-7, 0x1.2564644c81392p-6, -0x1.b9f8b1284d79bp-6, 0x1.4de9aa4e7434p-5, -0x1.fb44202a00c8ap-5, \
    0x1.8512e58fc409ep-4, -0x1.2feeeb98a7a13p-3, 0x1.eca189b8e754dp-3, -0x1.b1cb63005ee98p-2, 0x1.e6f0cbb873616p-1}
// x²·(log x − 1/(2x) − digamma x) as a function of 1/x², for x ≥ 8; error 5.3e-20.
#define CK_C_DIGAMMA_FAR \
  {0x1.fe457e6e4a46p-5, -0x1.5204062cc1ac9p-6, 0x1.f02223fd8e12dp-8, -0x1.11108030389f5p-8, 0x1.0410408cf486fp-8, \
    -0x1.11111110fc55ap-7, 0x1.5555555555552p-4}
// erfinv x / x as a function of w − its middle, with w = −log(1 − x²) at most 5 or 6.25; error 2.1e-17.
#define CK_C_ERFINV_NEAR \
  {-0x1.76f158b01cf37p-73, 0x1.dcfdd1fe0f44fp-69, 0x1.27619243c48ebp-67, -0x1.979e88eb310dbp-62, \
    0x1.111fa205662c6p-60, 0x1.1d33c85f2c16bp-56, -0x1.24aedd17fef1p-53, -0x1.65272de1e0f53p-55, \
    0x1.d9319091b8f7p-48, -0x1.68852c7812737p-45, -0x1.6cd24eceed058p-44, 0x1.7237d8d3464afp-39, \
    -0x1.c89bc6bc46be3p-37, -0x1.dc3f84ae0e38bp-35, 0x1.20f5083f553c4p-30, -0x1.1a9eaef14c268p-28, \
    -0x1.f36ce829a9fc1p-26, 0x1.c6b4f8814c00fp-22, -0x1.6e8a53e353b25p-20, -0x1.d1d1f7c9e77f7p-17, \
    0x1.879c2a20cc39bp-13, -0x1.8457694835aaap-11, -0x1.8b6c33114ed44p-8, 0x1.ebd80d9b13dfap-3, \
    0x1.a755e7c99ae86p+0}
// erfinv x / x as a function of √w − 3 or 3.25, for w up to 17 or 16; error 3.4e-17.
#define CK_C_ERFINV_MIDDLE \
  {0x1.4785a405689f2p-26, -0x1.189bced5baee7p-26, -0x1.cc55f50f87723p-25, 0x1.2009d6824cb39p-23, \
    -0x1.b9856cd896337p-23, -0x1.03ab1f2269061p-25, 0x1.8677592c96f6fp-20, -0x1.0b6113ee57a03p-18, \
    0x1.8b16451629ccep-19, 0x1.a23dc697179edp-17, -0x1.8cfa66fcd634fp-15, 0x1.1e6ad43573fcp-14, \
    0x1.93306b41a9eaep-16, -0x1.7448bd7062c95p-12, 0x1.f3cc530c3696ap-11, -0x1.ba9240d62627ep-10, \
    0x1.468eecad11d3ap-9, -0x1.ebadabba098afp-9, 0x1.5ffcfe5b6452p-8, 0x1.0158a6d641d55p+0, 0x1.8abcc380d5a48p+1}
// erfinv x / x as a function of √w − 5, for w ≥ 16; error 2.4e-17.
#define CK_C_ERFINV_FAR \
  {-0x1.399f57edcd539p-36, 0x1.7a582008579ffp-35, 0x1.07849cfe4796bp-34, -0x1.e1f57079957d2p-32, \
    0x1.6d7c821a7642bp-30, -0x1.dcdeff2e00686p-29, 0x1.0c7735623425cp-27, -0x1.061c5d8069c33p-26, \
    0x1.f28b2007fd2fap-26, -0x1.222595543218dp-24, 0x1.ebe41f1d67439p-23, -0x1.0a907d29e33f1p-20, \
    0x1.2fbcf9bd046c9p-18, -0x1.4a348fa322043p-16, 0x1.3ebf4f05a4bap-14, -0x1.c2f36aa2b2db1p-13, \
    -0x1.22ea5df21c22ap-13, 0x1.02a30d1fba10fp+0, 0x1.3664ddd1ad7fbp+2}
// (1 + 2x)·e^x²·erfc x − 1.25 as a function of (x − 3) / (x + 3), for x ≥ 3/4; error 4.7e-18.
#define CK_C_ERFCX \
  {0x1.06643e35be7b1p-27, -0x1.60ab6f2f07eeep-25, 0x1.47b63af78c8f8p-25, 0x1.3be2bbfa92726p-23, \
    -0x1.60a919492d115p-23, -0x1.5a4ea1e4c6b15p-21, 0x1.99f358fa8fd64p-22, 0x1.d32ae878a83b9p-19, \
    -0x1.8f636d8be22e1p-21, -0x1.513e6898867edp-16, 0x1.4c646d0f7024fp-18, 0x1.065a177cb8b79p-13, \
    -0x1.b91324718b2e6p-14, -0x1.98db4e81ba7f9p-11, 0x1.ef1bde7239da4p-10, 0x1.4b884e3028549p-9, \
    -0x1.8574c40cf74d9p-6, 0x1.17ca2877fa2a1p-4, -0x1.e88b803a46c8ep-4, 0x1.098366a5b4501p-3, -0x1.85a15c58aa6d1p-5, \
    -0x1.15c084bb9e8fp-3, 0x1.8a45afc930e6fp-9}
// (I0 x / (x/2)^0 − 1) / z as a function of z = x²/4, for x ≤ 8; error 9.6e-21.
#define CK_C_I0 \
  {0x1.bfbd59002db41p-100, -0x1.a91b237feacc7p-93, 0x1.f54536cb8d78dp-87, 0x1.0b6a42149c4d9p-82, \
    0x1.536caf869ded4p-73, 0x1.e454ca43fb69ep-66, 0x1.41ba68cb139a9p-58, 0x1.69c822163fce8p-51, \
    0x1.5601a9fd2e19dp-44, 0x1.0b31313980453p-37, 0x1.522a44096a9bdp-31, 0x1.522a43f5905bbp-25, \
    0x1.02e85c089e0cdp-19, 0x1.23456789ab9f1p-14, 0x1.c71c71c71c739p-10, 0x1.c71c71c71c71cp-6, 0x1.0p-2, 0x1.0p+0}
// √x·e^−x·I0 x as a function of 16/x − 1, for x ≥ 8; error 4.0e-17.
#define CK_C_I0_FAR \
  {0x1.119182d86b197p-34, 0x1.35f16cd8db782p-35, -0x1.0bab31564d77ep-31, -0x1.2df60aacd5cf2p-32, \
    0x1.e622c91b9c416p-30, 0x1.2c1d224051beap-30, -0x1.11f4f7f6296f8p-28, -0x1.ac719bd9f78eap-29, \
    0x1.a02bc6fc422c2p-28, 0x1.f72b1fe048d4bp-28, -0x1.47202c723f062p-28, -0x1.c9a3144e2d18fp-27, \
    -0x1.dd743db1942f1p-28, 0x1.02ccbdcd31a7fp-27, 0x1.72e143d1f7cd6p-26, 0x1.51d622d9f3739p-25, \
    0x1.7d09f778a3809p-24, 0x1.3f49928d13c81p-22, 0x1.8e513f6283a2fp-20, 0x1.75e5ee78686cap-17, \
    0x1.1daa72b5a9066p-13, 0x1.b87969bb93a43p-9, 0x1.9bd428ad249a5p-2}
// (I1 x / (x/2)^1 − 1) / z as a function of z = x²/4, for x ≤ 8; error 4.6e-20.
#define CK_C_I1 \
  {-0x1.266cb205a6547p-98, 0x1.33d94a4a23006p-91, -0x1.236d68570b18cp-85, 0x1.5b9fb08f46251p-80, \
    -0x1.5eb6c25121b38p-76, 0x1.5e02105585d94p-69, 0x1.84929f955b459p-62, 0x1.e2eebce34b8a9p-55, \
    0x1.f16ec07f73d79p-48, 0x1.ab823ed6a9885p-41, 0x1.2c97563c7db7ep-34, 0x1.522a441475928p-28, \
    0x1.27e4fb7696d63p-22, 0x1.845c8a0cef502p-17, 0x1.6c16c16c167d3p-12, 0x1.c71c71c71c73bp-8, 0x1.5555555555555p-4, \
    0x1.0p-1}
// √x·e^−x·I1 x as a function of 16/x − 1, for x ≥ 8; error 1.4e-17.
#define CK_C_I1_FAR \
  {-0x1.b919d9dbfc237p-34, -0x1.4c7dfb3e7d5acp-35, 0x1.8639bdbd583d6p-31, 0x1.38e2fddb7aa9dp-32, \
    -0x1.42a8468206ca6p-29, -0x1.2fe6f2b08d949p-30, 0x1.500d0eebe7d61p-28, 0x1.aff6599516cb7p-29, \
    -0x1.e540a1654215ep-28, -0x1.01372ca8241fdp-27, 0x1.83b60048703fbp-28, 0x1.e0461732e4735p-27, \
    0x1.d4b334136b5c4p-28, -0x1.21208a9aecd92p-27, -0x1.91cb40054dfc1p-26, -0x1.727e263f61dedp-25, \
    -0x1.ad8c0c761f832p-24, -0x1.761374dbcb4e6p-22, -0x1.ec8e11289d077p-20, -0x1.f89c230994377p-17, \
    -0x1.cbc54df1e878cp-13, -0x1.3f796198ee5f2p-7, 0x1.8ebe783a8403p-2}
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

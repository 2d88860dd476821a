#include "CKernels.h"
#include <math.h>
#include <string.h>
#define LOOPS1(NAME,T,R,E) static void NAME(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){R*y=y_;const T*a=a_;for(int64_t i=0;i<n;i++){T x=a[i];y[i]=(R)(E);}}
#define LOOPS2(NAME,T,R,E) \
 static void NAME##0(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){R*y=y_;const T*a=a_,*b=b_;for(int64_t i=0;i<n;i++){T x=a[i],z=b[i];y[i]=(R)(E);}} \
 static void NAME##1(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){R*y=y_;const T*a=a_,*b=b_;for(int64_t i=0;i<n;i++){T x=a[i],z=b[0];y[i]=(R)(E);}} \
 static void NAME##2(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){R*y=y_;const T*a=a_,*b=b_;for(int64_t i=0;i<n;i++){T x=a[0],z=b[i];y[i]=(R)(E);}}
#define SEL(S,T) static void sel##S##0(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){T*y=y_;const T*a=a_,*b=b_;const uint8_t*c=c_;for(int64_t i=0;i<n;i++)y[i]=c[i]?a[i]:b[i];}\
static void sel##S##1(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){T*y=y_;const T*a=a_,*b=b_;const uint8_t*c=c_;for(int64_t i=0;i<n;i++)y[i]=c[i]?a[i]:b[0];}\
static void sel##S##2(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){T*y=y_;const T*a=a_,*b=b_;const uint8_t*c=c_;for(int64_t i=0;i<n;i++)y[i]=c[i]?a[0]:b[i];}\
static void sel##S##3(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){T*y=y_;const T*a=a_,*b=b_;const uint8_t*c=c_;for(int64_t i=0;i<n;i++)y[i]=c[i]?a[0]:b[0];}
SEL(8,uint64_t) SEL(4,uint32_t) SEL(1,uint8_t)
#define ALL1(X) X(NEGATE,-x) X(SQUARE,x*x) X(ABS,x<0?-x:x) X(RELU,x<0?0:x) X(COPY,x)
#define FL1(X) X(EXP,exp(x)) X(LOG,log(x)) X(SQRT,sqrt(x)) X(TANH,tanh(x)) X(SIGMOID,1/(1+exp(-x)))  X(SIN,sin(x)) X(COS,cos(x))
#define ALL2(X) X(ADD,x+z) X(SUBTRACT,x-z) X(MULTIPLY,x*z) X(MAXIMUM,x>z?x:z) X(MINIMUM,x<z?x:z) X(POWER,pow(x,z)) X(DIVIDE,x/z)
#define CMP2(X) X(EQUAL,x==z) X(NOT_EQUAL,x!=z) X(LESS,x<z) X(GREATER,x>z) X(LESS_EQUAL,x<=z) X(GREATER_EQUAL,x>=z) X(LOGICAL_AND,x&&z) X(LOGICAL_OR,x||z)
#define TY(X) X(FLOAT32,float) X(FLOAT64,double) X(INT64,int64_t) X(INT32,int32_t)
#define G1(N,E) LOOPS1(f_##N,float,float,E) LOOPS1(d_##N,double,double,E) LOOPS1(l_##N,int64_t,int64_t,E) LOOPS1(i_##N,int32_t,int32_t,E)
#define GF(N,E) LOOPS1(f_##N,float,float,E) LOOPS1(d_##N,double,double,E)
#define G2(N,E) LOOPS2(f_##N,float,float,E) LOOPS2(d_##N,double,double,E) LOOPS2(l_##N,int64_t,int64_t,E) LOOPS2(i_##N,int32_t,int32_t,E)
#define GC(N,E) LOOPS2(f_##N,float,uint8_t,E) LOOPS2(d_##N,double,uint8_t,E) LOOPS2(l_##N,int64_t,uint8_t,E) LOOPS2(i_##N,int32_t,uint8_t,E) LOOPS2(b_##N,uint8_t,uint8_t,E)
ALL1(G1) FL1(GF) ALL2(G2) CMP2(GC)
LOOPS1(cpb,uint8_t,uint8_t,x) LOOPS1(notb,uint8_t,uint8_t,!x)
#define CV(S,T) LOOPS1(v##S##f,T,float,x) LOOPS1(v##S##d,T,double,x) LOOPS1(v##S##l,T,int64_t,x) LOOPS1(v##S##i,T,int32_t,x) LOOPS1(v##S##b,T,uint8_t,x!=0)
CV(f,float) CV(d,double) CV(l,int64_t) CV(i,int32_t) CV(b,uint8_t)
#define RED(N,T,INIT,E) static void r_##N(void*y_,const void*a_,int64_t rows,int64_t len){T*y=y_;const T*a=a_;for(int64_t r=0;r<rows;r++){T s=INIT;for(int64_t j=0;j<len;j++){T x=a[r*len+j];s=(E);}y[r]=s;}}\
static void c_##N(void*y_,const void*a_,int64_t rows,int64_t len){T*y=y_;const T*a=a_;for(int64_t r=0;r<rows;r++){for(int64_t j=0;j<len;j++){T x=a[r*len+j],s=y[j];y[j]=(E);}}}
RED(sf,float,0,s+x) RED(sd,double,0,s+x) RED(sl,int64_t,0,s+x) RED(mf,float,-INFINITY,x>s||x!=x?x:s) RED(md,double,-INFINITY,x>s||x!=x?x:s)
#define MA(N,T) static void ma##N##0(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){T*y=y_;const T*a=a_,*b=b_,*c=c_;for(int64_t i=0;i<n;i++)y[i]=a[i]*b[i]+c[i];} static void ma##N##1(void*y_,const void*a_,const void*b_,const void*c_,int64_t n){T*y=y_;const T*a=a_,*b=b_,*c=c_;for(int64_t i=0;i<n;i++)y[i]=a[i]*b[0]+c[i];}
MA(f,float) MA(d,double)
static ck_table T; static int ready;
const ck_table *ck_kernels(void){ if(ready) return &T;
#define S1(N,E) T.loops[CK_##N][0][0]=f_##N;T.loops[CK_##N][1][0]=d_##N;T.loops[CK_##N][2][0]=l_##N;T.loops[CK_##N][3][0]=i_##N;
#define SF(N,E) T.loops[CK_##N][0][0]=f_##N;T.loops[CK_##N][1][0]=d_##N;
#define S2(N,E) T.loops[CK_##N][0][0]=f_##N##0;T.loops[CK_##N][1][0]=d_##N##0;T.loops[CK_##N][2][0]=l_##N##0;T.loops[CK_##N][3][0]=i_##N##0;T.loops[CK_##N][0][1]=f_##N##1;T.loops[CK_##N][1][1]=d_##N##1;T.loops[CK_##N][2][1]=l_##N##1;T.loops[CK_##N][3][1]=i_##N##1;T.loops[CK_##N][0][2]=f_##N##2;T.loops[CK_##N][1][2]=d_##N##2;T.loops[CK_##N][2][2]=l_##N##2;T.loops[CK_##N][3][2]=i_##N##2;
#define SC(N,E) S2(N,E) T.loops[CK_##N][4][0]=b_##N##0;T.loops[CK_##N][4][1]=b_##N##1;T.loops[CK_##N][4][2]=b_##N##2;
ALL1(S1) FL1(SF) ALL2(S2) CMP2(SC)
T.loops[CK_COPY][4][0]=cpb; T.loops[CK_LOGICAL_NOT][4][0]=notb;
#define SV(C,L) T.loops[C][0][0]=vf##L;T.loops[C][1][0]=vd##L;T.loops[C][2][0]=vl##L;T.loops[C][3][0]=vi##L;T.loops[C][4][0]=vb##L;
SV(CK_TO_FLOAT32,f) SV(CK_TO_FLOAT64,d) SV(CK_TO_INT64,l) SV(CK_TO_INT32,i) SV(CK_TO_BOOL,b)
ck_loop s4[]={sel40,sel41,sel42,sel43},s8[]={sel80,sel81,sel82,sel83},s1[]={sel10,sel11,sel12,sel13};
memcpy(T.loops[CK_SELECT][0],s4,32);memcpy(T.loops[CK_SELECT][3],s4,32);memcpy(T.loops[CK_SELECT][1],s8,32);memcpy(T.loops[CK_SELECT][2],s8,32);memcpy(T.loops[CK_SELECT][4],s1,32);
T.loops[CK_MULTIPLY_ADD][0][0]=maf0;T.loops[CK_MULTIPLY_ADD][0][1]=maf1;T.loops[CK_MULTIPLY_ADD][1][0]=mad0;T.loops[CK_MULTIPLY_ADD][1][1]=mad1;T.rows[0][0]=r_sf;T.rows[0][1]=r_sd;T.rows[0][2]=r_sl;T.rows[2][0]=r_mf;T.rows[2][1]=r_md;
T.columns[0][0]=c_sf;T.columns[0][1]=c_sd;T.columns[0][2]=c_sl;T.columns[2][0]=c_mf;T.columns[2][1]=c_md;
ready=1; return &T;}
